import { createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { createTransformer, fitRecipe } from '../src/index.ts';
import { boolean, categorical, cellsIn, integer, numeric, text } from './tiny-table.ts';

const training = createTable([
  ['age', integer(30, 40)],
  ['city', categorical('Oslo', 'Lima')],
  ['member', boolean(true, false)],
]);
const recipe = fitRecipe(training, { steps: [{ kind: 'one_hot', columns: ['city'] }] });
const transform = createTransformer(recipe);

describe('createTransformer', () => {
  it('takes columns in any order and ignores those that the recipe does not read', () => {
    const matrix = transform(
      createTable([
        ['note', text('hello')],
        ['member', boolean(null)],
        ['city', text('Lima')],
        ['age', numeric(null)],
      ]),
    );
    expect(matrix.rowCount).toBe(1);
    expect(matrix.features).toBe(recipe.features);
    expect(matrix.columns.map(cellsIn)).toEqual([[null], [1], [0], [null]]);
  });

  it('shares columns of numbers that no step changes', () => {
    const age = numeric(1, 2, 3);
    const table = createTable([
      ['age', age],
      ['city', categorical('Oslo', 'Oslo', 'Lima')],
      ['member', boolean(true, true, true)],
    ]);
    expect(transform(table).columns[0]).toBe(age.kind === 'numeric' ? age.values : undefined);
  });

  it('makes empty columns of a table without rows', () => {
    const matrix = transform(
      createTable([
        ['age', integer()],
        ['city', categorical()],
        ['member', boolean()],
      ]),
    );
    expect(matrix.columns.map(({ length }) => length)).toEqual([0, 0, 0, 0]);
  });

  it('reads a few rows that carry the dictionary of a large table', () => {
    const dictionary = ['Kyiv', 'Lima', 'Oslo', 'Accra'];
    const matrix = transform(
      createTable([
        ['age', integer(1)],
        ['city', { kind: 'categorical', codes: Int32Array.of(1), dictionary }],
        ['member', boolean(true)],
      ]),
    );
    expect(matrix.columns.map(cellsIn)).toEqual([[1], [1], [0], [1]]);
  });

  it('throws TABLE_COLUMN_NOT_FOUND naming the nearest column', () => {
    expect(() => transform(createTable([['agee', integer(1)]]))).toThrow(
      expect.objectContaining({ code: 'TABLE_COLUMN_NOT_FOUND', column: 'age' }),
    );
  });

  it.each([
    ['age', categorical('30')],
    ['city', integer(1)],
    ['member', integer(1)],
  ])('throws PREPROCESS_INPUT_KIND when %s is of another kind than in training', (name, column) => {
    const columns = new Map([
      ['age', integer(1)],
      ['city', categorical('Oslo')],
      ['member', boolean(true)],
    ]).set(name, column);
    expect(() => transform(createTable(columns))).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_INPUT_KIND', column: name }),
    );
  });
});
