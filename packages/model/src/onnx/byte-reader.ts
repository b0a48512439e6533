import { OnnxCorruptError } from './onnx-errors.ts';

/** Bytes of unknown origin, read one after the other and never beyond their end. */
export interface ByteReader {
  /** What the bytes are, for errors. */
  readonly where: string;
  isAtEnd(): boolean;
  /** A varint as an int64. @throws {OnnxCorruptError} also where it is beyond 2^53 - 1 in magnitude. */
  varint(): number;
  /** Little-endian. */
  int32(): number;
  /** Little-endian. @throws {OnnxCorruptError} also where it is beyond 2^53 - 1 in magnitude. */
  int64(): number;
  float32(): number;
  float64(): number;
  /** The next bytes, not copied. */
  bytes(count: number): Uint8Array;
}

/** Read from the first byte on. Every function throws {@link OnnxCorruptError} past the end. */
export function createByteReader(source: Uint8Array, where: string): ByteReader {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  let position = 0;

  function advance(count: number): number {
    const start = position;
    if (count > source.length - start) throw new OnnxCorruptError(where, 'ends too early');
    position += count;
    return start;
  }
  function varint(): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 7; count++, scale *= 0x80) {
      const at = advance(1);
      const byte = source[at]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    return longVarint(BigInt(value));
  }
  /** Bits 49 on, of which a negative number has all. */
  function longVarint(low: bigint): number {
    let value = low;
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const at = advance(1);
      const byte = source[at]!;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        return toSafe(BigInt.asIntN(64, value));
      }
    }
    throw new OnnxCorruptError(where, 'has a number of more than ten bytes');
  }
  function toSafe(value: bigint): number {
    const number = Number(value);
    if (Number.isSafeInteger(number)) return number;
    throw new OnnxCorruptError(where, 'has a whole number beyond 2^53');
  }
  return {
    where,
    isAtEnd: () => position >= source.length,
    varint,
    int32() {
      const at = advance(4);
      return view.getInt32(at, true);
    },
    int64() {
      const at = advance(8);
      return toSafe(view.getBigInt64(at, true));
    },
    float32() {
      const at = advance(4);
      return view.getFloat32(at, true);
    },
    float64() {
      const at = advance(8);
      return view.getFloat64(at, true);
    },
    bytes(count) {
      if (count < 0) throw new OnnxCorruptError(where, 'has a part of negative length');
      const at = advance(count);
      return source.subarray(at, at + count);
    },
  };
}
