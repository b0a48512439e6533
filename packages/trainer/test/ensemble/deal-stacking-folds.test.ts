import { createRandom } from '@gnu-mlops/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealStackingFolds } from '../../src/ensemble/deal-stacking-folds.ts';
import type { WeightedRows } from '../../src/training-set.ts';
import { matrixOf } from '../matrix-of.ts';

const rowCount = 300;
const random = createRandom(2);

/** Two of three rows are of the first class; each row is one of `kinds` kinds. */
function rows(kinds: number): WeightedRows {
  const column = Array.from({ length: rowCount }, () => random.nextInt(kinds));
  return {
    matrix: matrixOf([column]),
    target: {
      task: 'classification',
      labels: Int32Array.from(column, (_, row) => Number(row % 3 === 0)),
      classCount: 2,
    },
    weights: new Float64Array(rowCount).fill(1),
  };
}

describe('dealStackingFolds', () => {
  it('predicts every row once, by rows that are not it', () => {
    const folds = dealStackingFolds(rows(1000), { folds: 4, seed: 1 })!;
    expect(folds.flatMap(({ test }) => [...test]).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: rowCount }, (_, row) => row),
    );
    for (const { train, test } of folds) {
      expect(train.length + test.length).toBe(rowCount);
      expect(new Set([...train, ...test]).size).toBe(rowCount);
    }
  });

  it('keeps the proportions of the classes', () => {
    const given = {
      ...rows(1000),
      matrix: matrixOf([Array.from({ length: rowCount }, (_, r) => r)]),
    };
    for (const { test } of dealStackingFolds(given, { folds: 5, seed: 1 })!) {
      expect(test.filter((row) => row % 3 === 0).length).toBe(20);
      expect(test.length).toBe(60);
    }
  });

  it('keeps rows of equal features together', () => {
    const given = rows(150);
    const [column] = given.matrix.columns;
    for (const { train, test } of dealStackingFolds(given, { folds: 3, seed: 1 })!) {
      const seen = new Set(Array.from(train, (row) => column![row]));
      expect(Array.from(test).some((row) => seen.has(column![row]))).toBe(false);
    }
  });

  it('deals rows one by one where equal ones are a large part of all', () => {
    const sizes = dealStackingFolds(rows(4), { folds: 3, seed: 1 })!.map(({ test }) => test.length);
    expect(sizes).toEqual([100, 100, 100]);
  });

  it('gives nothing where there are fewer rows than folds', () => {
    const one = { ...rows(9), matrix: matrixOf([[1, 2]]), weights: Float64Array.of(1, 1) };
    expect(dealStackingFolds(one, { folds: 3, seed: 1 })).toBeUndefined();
  });
});

describe('dealStackingFolds of rows with an order', () => {
  const numbered = {
    ...rows(1000),
    matrix: matrixOf([Array.from({ length: rowCount }, (_, row) => row)]),
  };

  it('never has rows of one group on both sides', () => {
    const codes = fc.array(fc.integer({ min: 0, max: 40 }), {
      minLength: rowCount,
      maxLength: rowCount,
    });
    fc.assert(
      fc.property(codes, fc.integer({ min: 2, max: 6 }), (given, folds) => {
        const groups = Int32Array.from(given);
        fc.pre(new Set(given).size >= folds);
        const dealt = dealStackingFolds({ ...numbered, groups }, { folds, seed: 1 })!;
        for (const { train, test } of dealt) {
          const tested = new Set(Array.from(test, (row) => groups[row]));
          expect(train.some((row) => tested.has(groups[row]))).toBe(false);
        }
        expect(dealt.reduce((sum, { test }) => sum + test.length, 0)).toBe(rowCount);
      }),
      { numRuns: 50 },
    );
  });

  it('predicts every row but the first ones by earlier rows', () => {
    const times = Float64Array.from({ length: rowCount }, (_, row) => (row * 7919) % 1009);
    const dealt = dealStackingFolds({ ...numbered, times }, { folds: 4, seed: 1 })!;
    for (const { train, test } of dealt) {
      const latest = Math.max(...Array.from(train, (row) => times[row]!));
      expect(test.every((row) => times[row]! > latest)).toBe(true);
    }
    expect(dealt.reduce((sum, { test }) => sum + test.length, 0)).toBe(240);
  });

  it('throws PREPROCESS_SPLIT_INVALID where there are fewer groups than folds', () => {
    const groups = new Int32Array(rowCount);
    expect(() => dealStackingFolds({ ...numbered, groups }, { folds: 4, seed: 1 })).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_SPLIT_INVALID' }),
    );
  });
});
