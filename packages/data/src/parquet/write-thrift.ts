import {
  type ThriftField,
  type ThriftList,
  type ThriftStruct,
  thriftTypes,
} from './thrift-struct.ts';

/** The bytes of a struct whose fields are in the order of their ids. */
export function writeStruct(fields: ThriftStruct): Uint8Array {
  const parts: Uint8Array[] = [];
  let before = 0;
  for (const { id, type, bytes } of fields) {
    const step = id - before;
    const isShort = step > 0 && step < 16;
    parts.push(
      isShort ? Uint8Array.of((step << 4) | type) : Uint8Array.of(type, ...writeInteger(id)),
    );
    parts.push(bytes);
    before = id;
  }
  return Buffer.concat([...parts, Uint8Array.of(0)]);
}

/** The bytes of a list. */
function writeList({ elementType, elements }: ThriftList): Uint8Array {
  const count = elements.length;
  const head =
    count < 15
      ? Uint8Array.of((count << 4) | elementType)
      : Uint8Array.of(0xf0 | elementType, ...writeVarint(BigInt(count)));
  return Buffer.concat([head, ...elements]);
}

/** A whole number as a value. */
export function writeInteger(value: number | bigint): Uint8Array {
  const wide = BigInt(value);
  return writeVarint(BigInt.asUintN(64, (wide << 1n) ^ (wide >> 63n)));
}

/** A whole number, not negative, without a sign. */
export function writeVarint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

/** A field with a 32-bit number. */
export function i32Field(id: number, value: number): ThriftField {
  return { id, type: thriftTypes.i32, bytes: writeInteger(value) };
}

/** A field with a 64-bit number. */
export function i64Field(id: number, value: number | bigint): ThriftField {
  return { id, type: thriftTypes.i64, bytes: writeInteger(value) };
}

/** A field with a text. */
export function textField(id: number, text: string): ThriftField {
  return { id, type: thriftTypes.binary, bytes: writeText(text) };
}

/** A text as a value. */
export function writeText(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  return Buffer.concat([writeVarint(BigInt(bytes.length)), bytes]);
}

/** A field with a struct. */
export function structField(id: number, fields: ThriftStruct): ThriftField {
  return { id, type: thriftTypes.struct, bytes: writeStruct(fields) };
}

/** A field with a list. */
export function listField(id: number, list: ThriftList): ThriftField {
  return { id, type: thriftTypes.list, bytes: writeList(list) };
}
