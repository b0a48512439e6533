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

  function reserve(count: number): number {
    const start = length;
    length += count;
    if (length > buffer.length) {
      const grown = new Uint8Array(Math.max(length, buffer.length * 2));
      grown.set(buffer);
      buffer = grown;
      view = new DataView(buffer.buffer);
    }
    return start;
  }
  function varint(value: number): void {
    if (value < 0) return bigVarint(BigInt.asUintN(64, BigInt(value)));
    let rest = value;
    while (rest >= 0x80) {
      const at = reserve(1);
      buffer[at] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    const at = reserve(1);
    buffer[at] = rest;
  }
  function bigVarint(value: bigint): void {
    let rest = value;
    for (; rest >= 0x80n; rest >>= 7n) {
      const at = reserve(1);
      buffer[at] = Number(rest & 0x7fn) | 0x80;
    }
    const at = reserve(1);
    buffer[at] = Number(rest);
  }
  return {
    varint,
    float32(value) {
      const at = reserve(4);
      view.setFloat32(at, value, true);
    },
    float64(value) {
      const at = reserve(8);
      view.setFloat64(at, value, true);
    },
    bytes(value) {
      const at = reserve(value.length);
      buffer.set(value, at);
    },
    finish: () => buffer.slice(0, length),
  };
}
