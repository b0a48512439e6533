import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitTrainTest } from '../src/index.ts';
import { reference } from './scikit-learn-reference.ts';
import { countLabels, labelsOf } from './labels.ts';

describe('splitTrainTest', () => {
  it.each(reference.splits)(
    'gives classes of $counts rows the same counts as scikit-learn',
    (split) => {
      const labels = labelsOf(split.counts, split.firstLabels);
      const { train, test } = splitTrainTest({
        rowCount: labels.length,
        labels,
        testSize: split.testSize,
        seed: 1,
      });
      expect(countLabels(labels, train)).toEqual(split.train);
      expect(countLabels(labels, test)).toEqual(split.test);
    },
  );

  const classCounts = fc.array(fc.integer({ min: 2, max: 30 }), { minLength: 1, maxLength: 6 });

  it('puts each row on one side, in ascending order, and each class on both', () => {
    fc.assert(
      fc.property(
        classCounts,
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.integer(),
        (counts, testSize, seed) => {
          const labels = labelsOf(counts);
          const testCount = Math.ceil(testSize * labels.length);
          fc.pre(testCount >= counts.length && labels.length - testCount >= counts.length);
          const { train, test } = splitTrainTest({
            rowCount: labels.length,
            labels,
            testSize,
            seed,
          });
          expect(test.length).toBe(testCount);
          expect([...train, ...test].sort((a, b) => a - b)).toEqual([...labels.keys()]);
          expect(train).toEqual(train.slice().sort());
          expect(test).toEqual(test.slice().sort());
          expect(
            Math.min(...countLabels(labels, train), ...countLabels(labels, test)),
          ).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('splits the same way for the same seed and another way for another', () => {
    const split = (seed: number) => splitTrainTest({ rowCount: 50, testSize: 0.2, seed });
    expect(split(42)).toEqual(split(42));
    expect(split(42)).not.toEqual(split(43));
    expect(split(42).test.length).toBe(10);
  });

  it('moves a row where rounding would leave a class out of the test side', () => {
    const labels = labelsOf([40, 2, 2]);
    const { test } = splitTrainTest({ rowCount: 44, labels, testSize: 0.1, seed: 3 });
    expect(countLabels(labels, test)).toEqual([3, 1, 1]);
  });

  it('throws PREPROCESS_CLASS_TOO_SMALL naming classes of a single row', () => {
    const labels = Int32Array.of(0, 0, 0, 1, 2, 2);
    expect(() => splitTrainTest({ rowCount: 6, labels, testSize: 0.5, seed: 1 })).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_CLASS_TOO_SMALL', labels: [1] }),
    );
  });

  it.each([
    ['a test size of 0', { rowCount: 10, testSize: 0 }],
    ['a test size of 1', { rowCount: 10, testSize: 1 }],
    ['a test size that is no number', { rowCount: 10, testSize: NaN }],
    ['a single row', { rowCount: 1, testSize: 0.5 }],
    ['no rows', { rowCount: 0, testSize: 0.5 }],
    ['too few labels', { rowCount: 4, testSize: 0.5, labels: Int32Array.of(0, 1) }],
    ['a negative label', { rowCount: 2, testSize: 0.5, labels: Int32Array.of(0, -1) }],
    ['more classes than test rows', { rowCount: 6, testSize: 0.2, labels: labelsOf([2, 2, 2]) }],
    [
      'more classes than training rows',
      { rowCount: 6, testSize: 0.8, labels: labelsOf([2, 2, 2]) },
    ],
  ])('throws PREPROCESS_SPLIT_INVALID on %s', (_what, options) => {
    expect(() => splitTrainTest({ ...options, seed: 1 })).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_SPLIT_INVALID' }),
    );
  });
});
