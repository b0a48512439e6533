import { type Column, createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { checkTrainingTable } from '../src/index.ts';
import { boolean, categorical, integer, numeric, text } from './tiny-table.ts';

const sixty = Array.from({ length: 60 }, (_, i) => i);
const good: [string, Column][] = [
  ['amount', numeric(...sixty.map((i) => (i * 37) % 11))],
  ['plan', categorical(...sixty.map((i) => ['a', 'b', 'c'][i % 3]!))],
  ['y', categorical(...sixty.map((i) => (i % 4 === 0 ? 'yes' : 'no')))],
];

function found(extra: [string, Column][], options = {}) {
  const columns = new Map([...good, ...extra]);
  return checkTrainingTable(createTable(columns), { target: 'y', ...options }).map(
    ({ severity, check, column }) => `${severity} ${check} ${column ?? '-'}`,
  );
}

describe('checkTrainingTable', () => {
  it('finds nothing in a good table', () => {
    expect(found([])).toEqual([]);
  });

  it('throws TABLE_COLUMN_NOT_FOUND naming the nearest column when the target is not there', () => {
    expect(() => checkTrainingTable(createTable(good), { target: 'plann' })).toThrow(
      expect.objectContaining({
        code: 'TABLE_COLUMN_NOT_FOUND',
        message: expect.stringContaining('"plan"') as string,
      }),
    );
  });

  it('finds a table without rows, and says no more', () => {
    const table = createTable([
      ['a', numeric()],
      ['y', categorical()],
    ]);
    expect(checkTrainingTable(table, { target: 'y' }).map(({ check }) => check)).toEqual([
      'table_empty',
    ]);
  });

  it('finds a table of nothing but the target', () => {
    const table = createTable([good[2]!]);
    expect(checkTrainingTable(table, { target: 'y' })).toMatchObject([
      { severity: 'error', check: 'no_columns' },
    ]);
  });

  it.each<[string, Column, object, string[]]>([
    ['has no value', numeric(...sixty.map(() => null)), {}, ['error target_empty y']],
    [
      'misses some',
      categorical(...sixty.map((i) => (i < 3 ? null : i % 2 ? 'a' : 'b'))),
      {},
      ['error target_missing y'],
    ],
    ['is constant', integer(...sixty.map(() => 4)), {}, ['error target_constant y']],
    [
      'is a text for regression',
      categorical(...sixty.map((i) => (i % 2 ? 'a' : 'b'))),
      { task: 'regression' },
      ['error target_kind y'],
    ],
    [
      'has classes of one row and of few rows',
      categorical(...sixty.map((i) => (i === 0 ? 'once' : i < 5 ? 'few' : 'many'))),
      {},
      ['error class_rows y', 'warning class_rows y'],
    ],
  ])('finds a target that %s', (_what, column, options, expected) => {
    expect(found([['y', column]], options)).toEqual(expected);
  });

  it('warns of classes below the number of rows that is asked for', () => {
    expect(found([], { minRowsPerClass: 15 })).toEqual([]);
    expect(found([], { minRowsPerClass: 16 })).toEqual(['warning class_rows y']);
  });

  it('names the small classes and their rows', () => {
    const [finding] = checkTrainingTable(createTable(good), { target: 'y', minRowsPerClass: 16 });
    expect(finding!.message).toContain('"yes" 15');
  });

  it.each<[string, Column, string]>([
    ['has no value', numeric(...sixty.map(() => null)), 'warning column_empty x'],
    ['is constant', boolean(...sixty.map(() => true)), 'warning column_constant x'],
    [
      'is mostly missing',
      numeric(...sixty.map((i) => (i < 29 ? i % 5 : null))),
      'warning column_mostly_missing x',
    ],
    ['is a key', categorical(...sixty.map((i) => `K${i}`)), 'warning column_identifier x'],
    ['is free text', text(...sixty.map((i) => `text ${i % 40}`)), 'warning column_identifier x'],
    ['numbers the rows', integer(...sixty.map((i) => 159 - i)), 'warning column_identifier x'],
    [
      'copies the target',
      text(...sixty.map((i) => (i % 4 === 0 ? 'yes' : 'no'))),
      'error column_copies_target x',
    ],
    [
      'renames the classes of the target',
      integer(...sixty.map((i) => (i % 4 === 0 ? 7 : 9))),
      'warning column_tells_target x',
    ],
  ])('finds a column that %s', (_what, column, expected) => {
    expect(found([['x', column]])).toEqual([expected]);
  });

  it.each<[string, Column]>([
    ['half missing', numeric(...sixty.map((i) => (i < 30 ? i % 5 : null)))],
    ['whole numbers with a gap', integer(...sixty.map((i) => (i === 59 ? 60 : i)))],
    ['whole numbers with a repeat', integer(...sixty.map((i) => (i === 59 ? 0 : i)))],
    ['real numbers that all differ', numeric(...sixty.map((i) => i + 0.5))],
    [
      'a value that is missing or always the same',
      boolean(...sixty.map((i) => (i < 9 ? null : true))),
    ],
    ['one value for two classes', integer(...sixty.map((i) => (i < 5 ? 1 : i % 4 === 0 ? 7 : 9)))],
  ])('is content with %s', (_what, column) => {
    expect(found([['x', column]])).toEqual([]);
  });

  it('finds a copy of an amount, but no one-to-one relation of amounts', () => {
    const y = numeric(...sixty.map((i) => i * 1.5));
    const options = { task: 'regression' };
    const pair: [string, Column][] = [
      ['y', y],
      ['copy', y],
      ['double', numeric(...sixty.map((i) => i * 3))],
    ];
    expect(found(pair, options)).toEqual(['error column_copies_target copy']);
  });
});
