import type { FeatureMatrix } from '@gnu-mlops/preprocess';

/**
 * Number the rows so that those of equal features, and they alone, have one number: from 0 on, in
 * the order in which they first appear. Two rows that differ share one by chance of 2^-53.
 */
export function numberEqualRows({ columns, rowCount }: FeatureMatrix): Int32Array {
  const first = new Uint32Array(rowCount).fill(0x9e3779b9);
  const second = new Uint32Array(rowCount).fill(0x85ebca6b);
  const value = new Float64Array(1);
  const bits = new Uint32Array(value.buffer);
  for (const column of columns) {
    for (let row = 0; row < rowCount; row++) {
      // Adding 0 turns -0 into 0, which equals it.
      value[0] = column[row]! + 0;
      first[row] = mix(mix(first[row]!, bits[0]!), bits[1]!);
      second[row] = mix(mix(second[row]!, bits[1]! ^ 0x27d4eb2f), bits[0]!);
    }
  }
  const numbers = new Map<number, number>();
  return Int32Array.from({ length: rowCount }, (_, row) => {
    const key = first[row]! * 2 ** 21 + (second[row]! >>> 11);
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  });
}

/** @see MurmurHash3's finaliser. */
function mix(hash: number, value: number): number {
  let h = Math.imul(hash ^ value, 0xcc9e2d51);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
