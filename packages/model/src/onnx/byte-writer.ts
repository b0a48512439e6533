/** Bytes that are written one after the other. */
export interface ByteWriter {
  /** A whole number of at most 2^53 - 1 in magnitude, as protobuf's varint of an int64. */
  varint(value: number): void;
  float32(value: number): void;
  float64(value: number): void;
  bytes(value: Uint8Array): void;
  /** All bytes so far. */
  finish(): Uint8Array<ArrayBuffer>;
}

/** Start with no bytes. @see https://protobuf.dev/programming-guides/encoding/ */
export function createByteWriter(): ByteWriter {
  let buffer = new Uint8Array(256);
  let view = new DataView(buffer.buffer);
  let length = 0;

  /** Make room for `count` bytes more. */
  function ensure(count: number): void {
    if (length + count <= buffer.length) return;
    const grown = new Uint8Array(Math.max(length + count, buffer.length * 2));
    grown.set(buffer);
    buffer = grown;
    view = new DataView(buffer.buffer);
  }
  function varint(value: number): void {
    ensure(10);
    if (value < 0 || value > 0x7fffffff) return longVarint(BigInt.asUintN(64, BigInt(value)));
    let rest = value;
    for (; rest >= 0x80; rest >>>= 7) buffer[length++] = (rest & 0x7f) | 0x80;
    buffer[length++] = rest;
  }
  function longVarint(value: bigint): void {
    let rest = value;
    for (; rest >= 0x80n; rest >>= 7n) buffer[length++] = Number(rest & 0x7fn) | 0x80;
    buffer[length++] = Number(rest);
  }
  return {
    varint,
    float32(value) {
      ensure(4);
      view.setFloat32(length, value, true);
      length += 4;
    },
    float64(value) {
      ensure(8);
      view.setFloat64(length, value, true);
      length += 8;
    },
    bytes(value) {
      ensure(value.length);
      buffer.set(value, length);
      length += value.length;
    },
    finish: () => buffer.slice(0, length),
  };
}
