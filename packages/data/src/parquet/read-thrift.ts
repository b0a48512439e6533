import {
  type ThriftField,
  type ThriftList,
  type ThriftStruct,
  thriftTypes,
} from './thrift-struct.ts';

/** Nothing that is read here is nested deeper; only a forged file would be. */
const mostLevels = 64;

/** A place in some bytes that moves on as they are read. */
interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

/** @throws {RangeError} where the bytes are no struct. */
export function readStruct(bytes: Uint8Array): ThriftStruct {
  const cursor = { bytes, at: 0 };
  const fields: ThriftField[] = [];
  for (let id = 0; ;) {
    const head = readByte(cursor);
    if (head === 0) return fields;
    id = head >> 4 === 0 ? Number(readZigzag(cursor)) : id + (head >> 4);
    const start = cursor.at;
    skipValue(cursor, head & 15, 0);
    fields.push({ id, type: head & 15, bytes: bytes.subarray(start, cursor.at) });
  }
}

/** @throws {RangeError} where the bytes are no list. */
export function readList(bytes: Uint8Array): ThriftList {
  const cursor = { bytes, at: 0 };
  const { elementType, count } = readListHead(cursor);
  const elements: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    const start = cursor.at;
    skipElement(cursor, elementType, 0);
    elements.push(bytes.subarray(start, cursor.at));
  }
  return { elementType, elements };
}

/** A whole number of any width. @throws {RangeError} */
export function readInteger(bytes: Uint8Array): bigint {
  return readZigzag({ bytes, at: 0 });
}

/** @throws {RangeError} */
export function readText(bytes: Uint8Array): string {
  const cursor = { bytes, at: 0 };
  const length = readLength(cursor);
  return Buffer.from(bytes.subarray(cursor.at, cursor.at + length)).toString('utf8');
}

function skipValue(cursor: Cursor, type: number, level: number): void {
  if (type !== thriftTypes.true && type !== thriftTypes.false) skipElement(cursor, type, level);
}

/** In a list a boolean is a byte. */
function skipElement(cursor: Cursor, type: number, level: number): void {
  if (level > mostLevels) throw new RangeError('a struct is nested too deep');
  switch (type) {
    case thriftTypes.true:
    case thriftTypes.false:
    case thriftTypes.byte:
      return skipBytes(cursor, 1);
    case thriftTypes.i16:
    case thriftTypes.i32:
    case thriftTypes.i64:
      return void readVarint(cursor);
    case thriftTypes.double:
      return skipBytes(cursor, 8);
    case thriftTypes.binary:
      return skipBytes(cursor, readLength(cursor));
    case thriftTypes.list:
    case thriftTypes.set: {
      const { elementType, count } = readListHead(cursor);
      for (let i = 0; i < count; i++) skipElement(cursor, elementType, level + 1);
      return;
    }
    case thriftTypes.map:
      return skipMap(cursor, level);
    case thriftTypes.struct:
      for (;;) {
        const head = readByte(cursor);
        if (head === 0) return;
        if (head >> 4 === 0) readVarint(cursor);
        skipValue(cursor, head & 15, level + 1);
      }
    default:
      throw new RangeError(`there is no type ${type}`);
  }
}

function skipMap(cursor: Cursor, level: number): void {
  const count = readLength(cursor);
  if (count === 0) return;
  const types = readByte(cursor);
  for (let i = 0; i < count; i++) {
    skipElement(cursor, types >> 4, level + 1);
    skipElement(cursor, types & 15, level + 1);
  }
}

function readListHead(cursor: Cursor): { readonly elementType: number; readonly count: number } {
  const head = readByte(cursor);
  const count = head >> 4 === 15 ? readLength(cursor) : head >> 4;
  return { elementType: head & 15, count };
}

/** A length or a count: every element takes a byte at least, so there are not more of them than bytes. */
function readLength(cursor: Cursor): number {
  const length = readVarint(cursor);
  if (length > cursor.bytes.length - cursor.at) throw new RangeError('it ends too early');
  return Number(length);
}

function readZigzag(cursor: Cursor): bigint {
  const value = readVarint(cursor);
  return (value >> 1n) ^ -(value & 1n);
}

function readVarint(cursor: Cursor): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = readByte(cursor);
    value |= BigInt(byte & 127) << shift;
    if (byte < 128) return value;
  }
  throw new RangeError('a number has too many bytes');
}

function readByte(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.at++];
  if (byte === undefined) throw new RangeError('it ends too early');
  return byte;
}

function skipBytes(cursor: Cursor, count: number): void {
  if (count > cursor.bytes.length - cursor.at) throw new RangeError('it ends too early');
  cursor.at += count;
}
