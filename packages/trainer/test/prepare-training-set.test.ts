import { describe, expect, it } from 'vitest';
import { type TrainingRows, prepareTrainingSet } from '../src/prepare-training-set.ts';
import { matrixOf } from './matrix-of.ts';

const rows: TrainingRows = {
  matrix: matrixOf([
    [1, 2, 3],
    [4, null, 6],
  ]),
  target: { task: 'classification', labels: Int32Array.of(0, 1, 0), classCount: 2 },
  seed: 1,
};
const numbers = (...values: number[]): TrainingRows => ({
  ...rows,
  target: { task: 'regression', values: Float64Array.from(values) },
});

describe('prepareTrainingSet', () => {
  it('gives every row the weight 1 by default', () => {
    expect(prepareTrainingSet(rows)).toEqual({ ...rows, weights: Float64Array.of(1, 1, 1) });
  });

  it('leaves rows of weight 0 out', () => {
    const set = prepareTrainingSet({ ...numbers(7, 8, 9), weights: Float64Array.of(2, 0, 1) });
    expect(set.matrix).toEqual(
      matrixOf([
        [1, 3],
        [4, 6],
      ]),
    );
    expect(set.target).toEqual({ task: 'regression', values: Float64Array.of(7, 9) });
    expect([...set.weights]).toEqual([2, 1]);
  });

  it.each([
    ['The target has 2 entries for 3 rows', numbers(1, 2)],
    ['The target of row 2 is NaN; it must be a number.', numbers(1, NaN, 3)],
    [
      'The target of row 3 is 2; it must be a class code below 2.',
      { ...rows, target: { ...rows.target, labels: Int32Array.of(0, 1, 2) } as never },
    ],
    ['There are 2 weights for 3 rows', { ...rows, weights: Float64Array.of(1, 1) }],
    ['The weight of row 2 is -1', { ...rows, weights: Float64Array.of(1, -1, 1) }],
    ['The weight of row 1 is NaN', { ...rows, weights: Float64Array.of(NaN, 1, 1) }],
    ['The weight of row 1 is Infinity', { ...rows, weights: Float64Array.of(Infinity, 1, 1) }],
    [
      'The feature "a" has 2 values for 3 rows',
      { ...rows, matrix: { ...matrixOf([[1, 2]]), rowCount: 3 } },
    ],
    ['The feature "a" is infinite in row 2', { ...rows, matrix: matrixOf([[1, Infinity, 3]]) }],
  ])('throws TRAINER_INPUT_INVALID: %s', (message, wrong) => {
    expect(() => prepareTrainingSet(wrong)).toThrow(message);
    expect(() => prepareTrainingSet(wrong)).toThrow(
      expect.objectContaining({ code: 'TRAINER_INPUT_INVALID' }) as Error,
    );
  });

  it('throws TRAINER_OPTION_INVALID for a seed that is no number', () => {
    expect(() => prepareTrainingSet({ ...rows, seed: NaN })).toThrow(
      'The training option "seed" is NaN; it must be a finite number.',
    );
  });

  it('throws TRAINER_ONE_CLASS when only weightless rows have the other', () => {
    expect(() => prepareTrainingSet({ ...rows, weights: Float64Array.of(1, 0, 1) })).toThrow(
      'All 2 training rows are of class "0"',
    );
  });
});
