import { createTable } from '@gnu-mlops/core';
import { expect, it } from 'vitest';
import { predictTable } from '../src/predict-table.ts';
import { renumberRows } from '../src/renumber-rows.ts';
import { rawLinear, tinyCustomers, tinyForest } from './fixtures/tiny-models.ts';

const later = (row: number) => 1000 + row;

it('gives back what was scored', () => {
  const score = () => predictTable(tinyForest(), tinyCustomers());
  expect(renumberRows(later, score)).toEqual(score());
});

it.each([
  ['of a cell', [1, 2, NaN], /^Row 1003 .*"x"/],
  ['of a sum', [1, 2, 1.7e308], /^Row 1003 .*too large to add up/],
])('names the row of the whole table in MODEL_SCORE_NOT_FINITE because %s', (_, cells, message) => {
  const table = createTable([['x', { kind: 'numeric', values: Float64Array.from(cells) }]]);
  expect(() => renumberRows(later, () => predictTable(rawLinear(), table))).toThrow(
    expect.objectContaining({
      code: 'MODEL_SCORE_NOT_FINITE',
      row: 1002,
      message: expect.stringMatching(message),
    }),
  );
});

it('leaves errors that name no row as they are', () => {
  const table = createTable([], 3);
  const score = () => renumberRows(later, () => predictTable(tinyForest(), table));
  expect(score).toThrow(expect.objectContaining({ code: 'TABLE_COLUMN_NOT_FOUND' }));
});
