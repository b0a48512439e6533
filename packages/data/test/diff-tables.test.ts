import { type Table, createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { diffTables } from '../src/diff/diff-tables.ts';

const before: Table = createTable([
  ['id', { kind: 'integer', values: Float64Array.of(1, 2, 3, 4) }],
  ['age', { kind: 'numeric', values: Float64Array.of(10, NaN, 30, 40) }],
  [
    'plan',
    { kind: 'categorical', codes: Int32Array.of(0, 1, -1, 0), dictionary: ['a', 'b', 'unused'] },
  ],
  ['old', { kind: 'boolean', values: Uint8Array.of(0, 1, 0, 1) }],
]);

const after: Table = createTable([
  ['new', { kind: 'timestamp', values: Float64Array.of(0, 1, 2) }],
  ['plan', { kind: 'text', values: ['c', null, 'a'] }],
  ['age', { kind: 'integer', values: Float64Array.of(30, 10, 50) }],
  ['id', { kind: 'integer', values: Float64Array.of(3, 1, 5) }],
]);

describe('diffTables', () => {
  it('tells columns, types, missing shares, means and categories', () => {
    const diff = diffTables(before, after);
    expect(diff).toMatchObject({
      isEqual: false,
      rowCount: { before: 4, after: 3 },
      columns: {
        added: [{ name: 'new', type: 'datetime' }],
        removed: [{ name: 'old', type: 'boolean' }],
        retyped: [{ name: 'age', before: 'double', after: 'long' }],
      },
    });
    expect(diff.rows).toBeUndefined();
    expect(diff.changes).toEqual([
      {
        name: 'plan',
        missingShare: { before: 0.25, after: 1 / 3 },
        newCategories: ['c'],
        vanishedCategories: ['b'],
        newCategoryCount: 1,
        vanishedCategoryCount: 1,
      },
      {
        name: 'age',
        missingShare: { before: 0.25, after: 0 },
        mean: { before: 80 / 3, after: 30 },
      },
      {
        name: 'id',
        missingShare: { before: 0, after: 0 },
        mean: { before: 2.5, after: 3 },
      },
    ]);
  });

  it('compares rows one by one where a key tells them apart', () => {
    const diff = diffTables(before, after, { key: ['id'] });
    expect(diff.rows).toEqual({ added: 1, removed: 2, common: 2, changed: 2 });
    expect(diff.changes.map(({ name, changedShare }) => [name, changedShare])).toEqual([
      ['plan', 1],
      ['age', 0],
      ['id', 0],
    ]);
  });

  it('knows a row by what it says, where a text among numbers made texts of them', () => {
    const numbers = createTable([
      ['id', { kind: 'integer', values: Float64Array.of(1, 2, NaN) }],
      ['x', { kind: 'numeric', values: Float64Array.of(1.5, 2, 3) }],
    ]);
    const texts = createTable([
      ['id', { kind: 'text', values: ['A3', '2', '1', null] }],
      ['x', { kind: 'text', values: ['x', '2', '1.75', '3'] }],
    ]);
    const { rows, changes } = diffTables(numbers, texts, { key: ['id'] });
    expect(rows).toEqual({ added: 1, removed: 0, common: 3, changed: 1 });
    expect(changes.map(({ name, changedShare }) => [name, changedShare])).toEqual([
      ['id', 0],
      ['x', 1 / 3],
    ]);
    const infinite = createTable([
      ['id', { kind: 'numeric', values: Float64Array.of(NaN, 1 / 0) }],
    ]);
    expect(diffTables(infinite, infinite, { key: ['id'] }).rows?.common).toBe(2);
  });

  it('tells the share of true of booleans', () => {
    const flags = (...values: number[]) =>
      createTable([['flag', { kind: 'boolean', values: Uint8Array.from(values) }]]);
    const [change] = diffTables(flags(0, 1, 255), flags(1, 1, 1)).changes;
    expect(change!.mean).toEqual({ before: 0.5, after: 1 });
  });

  it('finds the same rows in another order equal', () => {
    const turned = createTable([
      ['y', { kind: 'text', values: ['b', 'a'] }],
      ['x', { kind: 'integer', values: Float64Array.of(2, 1) }],
    ]);
    const same = createTable([
      ['x', { kind: 'numeric', values: Float64Array.of(1, 2) }],
      ['y', { kind: 'categorical', codes: Int32Array.of(0, 1), dictionary: ['a', 'b'] }],
    ]);
    expect(diffTables(turned, same).isEqual).toBe(true);
  });

  it('throws DATA_OPTION_INVALID for a key that rows share, TABLE_COLUMN_NOT_FOUND for none', () => {
    expect(() => diffTables(before, after, { key: ['plan'] })).toThrow('several rows have ["a"]');
    expect(() => diffTables(before, after, { key: ['ident'] })).toThrow('no column "ident"');
  });

  it('describes tables without rows', () => {
    const none = createTable([['x', { kind: 'integer', values: new Float64Array(0) }]]);
    expect(diffTables(none, none, { key: ['x'] })).toMatchObject({
      isEqual: true,
      rows: { common: 0 },
      changes: [
        { missingShare: { before: null, after: null }, mean: { before: null, after: null } },
      ],
    });
  });
});
