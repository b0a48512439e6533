import { writeVarint } from './write-thrift.ts';

/** How many bits the numbers below `count` take, at least one. */
export function bitWidth(count: number): number {
  return Math.max(1, 32 - Math.clz32(count - 1));
}

/** Whole numbers of `width` bits each, the lowest bit first, padded to whole bytes. */
export function packBits(values: ArrayLike<number>, width: number): Uint8Array {
  const packed = new Uint8Array(Math.ceil((values.length * width) / 8));
  let bit = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    for (let b = 0; b < width; b++, bit++) {
      if ((value >>> b) & 1) packed[bit >> 3]! |= 1 << (bit & 7);
    }
  }
  return packed;
}

/** A run of packed numbers, in Parquet's hybrid of packed bits and repeated values. */
export function packedRun(values: ArrayLike<number>, width: number): Uint8Array {
  const groups = Math.ceil(values.length / 8);
  const padded = new Uint8Array(groups * width);
  padded.set(packBits(values, width));
  return Buffer.concat([writeVarint(BigInt(groups * 2 + 1)), padded]);
}

/** A run of one number below 256 over and over, in the same hybrid. */
export function repeatedRun(value: number, count: number): Uint8Array {
  return Buffer.concat([writeVarint(BigInt(count) * 2n), Uint8Array.of(value)]);
}
