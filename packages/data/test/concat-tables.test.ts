import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Column, createTable, rowAt } from '@gnu-mlops/core';
import { concatTables } from '../src/concat-tables.ts';

const named = (name: string, column: Column) => ({ name, table: createTable([['x', column]]) });
const cells = (kind: 'numeric' | 'integer' | 'timestamp', ...values: number[]): Column => ({
  kind,
  values: Float64Array.from(values),
});
const numbers = (...values: number[]): Column => cells('numeric', ...values);

describe('concatTables', () => {
  test.each<[string, Column, Column, string]>([
    ['whole numbers and numbers', cells('integer', 1), numbers(0.5), 'numeric'],
    [
      'categories and text',
      { kind: 'categorical', codes: Int32Array.of(0), dictionary: ['a'] },
      { kind: 'text', values: ['b'] },
      'text',
    ],
    [
      'missing cells and booleans',
      numbers(NaN),
      { kind: 'boolean', values: Uint8Array.of(1) },
      'boolean',
    ],
    ['times and missing cells', cells('timestamp', 5), numbers(NaN), 'timestamp'],
  ])('joins %s', (_, one, other, kind) => {
    const table = concatTables([named('a', one), named('b', other)]);
    expect(table.columns.get('x')!.kind).toBe(kind);
    expect(table.rowCount).toBe(2);
  });

  test('gives different categories their own codes', () => {
    const part = (word: string) =>
      named(word, { kind: 'categorical', codes: Int32Array.of(0, -1), dictionary: [word] });
    const table = concatTables([part('a'), part('b'), part('a')]);
    expect(Array.from({ length: 6 }, (_, row) => rowAt(table, row)['x'])).toEqual([
      'a',
      null,
      'b',
      null,
      'a',
      null,
    ]);
  });

  test('refuses times beside numbers, naming both', () => {
    const parts = [named('a', numbers(1)), named('b', cells('timestamp', 1))];
    expect(() => concatTables(parts)).toThrow(
      expect.objectContaining({
        code: 'DATA_PARTS_DIFFER',
        message: expect.stringMatching(/timestamp.*"a" are numeric/) as string,
      }),
    );
  });

  test('is the whole however it was cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.double(), fc.constant(NaN)), { minLength: 1 }),
        fc.array(fc.nat(), { maxLength: 4 }),
        (values, cuts) => {
          const ends = [...new Set(cuts.map((cut) => cut % values.length)), values.length];
          ends.sort((a, b) => a - b);
          const parts = ends.map((end, index) =>
            named(String(index), numbers(...values.slice(ends[index - 1] ?? 0, end))),
          );
          const { values: joined } = concatTables(parts).columns.get('x') as {
            values: Float64Array;
          };
          expect(joined).toEqual(Float64Array.from(values));
        },
      ),
    );
  });
});
