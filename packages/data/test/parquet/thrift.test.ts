import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInteger, readList, readStruct, readText } from '../../src/parquet/read-thrift.ts';
import { fieldBytes, thriftTypes, withField } from '../../src/parquet/thrift-struct.ts';
import {
  i32Field,
  i64Field,
  listField,
  structField,
  textField,
  writeInteger,
  writeStruct,
} from '../../src/parquet/write-thrift.ts';

const yes = { id: 40, type: thriftTypes.true, bytes: new Uint8Array(0) };
const struct = [
  i32Field(1, -7),
  i64Field(3, 2n ** 62n),
  textField(20, 'né'),
  yes,
  structField(41, [structField(1, []), listField(2, { elementType: 6, elements: [] })]),
  listField(42, {
    elementType: thriftTypes.i32,
    elements: Array.from({ length: 20 }, (_, i) => writeInteger(i - 10)),
  }),
];

describe('structs of the compact protocol', () => {
  it('are the same after writing and reading, whatever lies between their numbers', () => {
    const read = readStruct(writeStruct(struct));
    expect(read.map(({ id, type }) => [id, type])).toEqual(
      struct.map(({ id, type }) => [id, type]),
    );
    expect(read.map(({ bytes }) => [...bytes])).toEqual(struct.map(({ bytes }) => [...bytes]));
    expect(readInteger(fieldBytes(read, 1)!)).toBe(-7n);
    expect(readInteger(fieldBytes(read, 3)!)).toBe(2n ** 62n);
    expect(readText(fieldBytes(read, 20)!)).toBe('né');
    expect(readList(fieldBytes(read, 42)!).elements.map(readInteger)).toEqual(
      Array.from({ length: 20 }, (_, i) => BigInt(i - 10)),
    );
  });

  it('have the bytes that the protocol prescribes', () => {
    // Field 1, i32 of zigzag 2 = 1; field 17 by its own number; the end.
    expect([...writeStruct([i32Field(1, 1), i32Field(17, -1)])]).toEqual([0x15, 2, 0x05, 34, 1, 0]);
  });

  it('take a field in place of another, or by its number', () => {
    const ids = withField(withField(struct, i32Field(1, 5)), i32Field(30, 6));
    expect(ids.map(({ id }) => id)).toEqual([1, 3, 20, 30, 40, 41, 42]);
    expect(readInteger(fieldBytes(ids, 1)!)).toBe(5n);
  });

  it('hold any whole number of 64 bits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        expect(readInteger(writeInteger(value))).toBe(value);
      }),
    );
  });

  it('throw a RangeError for forged bytes, and nothing else', () => {
    const sound = writeStruct(struct);
    fc.assert(
      fc.property(fc.nat(sound.length - 1), fc.nat(255), fc.nat(sound.length), (at, byte, end) => {
        const forged = Uint8Array.from(sound).subarray(0, end);
        if (at < end) forged[at] = byte;
        try {
          for (const { type, bytes } of readStruct(forged)) if (type === 9) readList(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 2000 },
    );
    // A struct in a struct in a struct, and so on.
    expect(() => readStruct(new Uint8Array(100_000).fill(0x1c))).toThrow(RangeError);
  });
});
