import { createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { predictInSlices } from '../src/predict-in-slices.ts';
import { linearPredictor } from './support/linear-predictor.ts';

function tableOf(rowCount: number) {
  const values = Float64Array.from({ length: rowCount }, (_, row) => (row * 7) % 11);
  return createTable([['x', { kind: 'numeric', values }]], rowCount);
}

describe.each([
  ['classes', linearPredictor('classification')],
  ['numbers', linearPredictor('regression')],
])('predictInSlices: %s', (_, predictor) => {
  it.each([0, 1, 2048, 2049, 10_000])('says of %i rows what a single call says', (rowCount) => {
    const table = tableOf(rowCount);
    expect(predictInSlices(table, predictor.predictTable)).toEqual(predictor.predictTable(table));
  });
});

it('counts the row of an error from the first of all rows', () => {
  const table = tableOf(5000);
  (table.columns.get('x') as { values: Float64Array }).values[4000] = NaN;
  const { predictTable } = linearPredictor('regression');
  expect(() => predictInSlices(table, predictTable, 20_000)).toThrow(
    expect.objectContaining({ code: 'MODEL_SCORE_NOT_FINITE', row: 24_000 }),
  );
});
