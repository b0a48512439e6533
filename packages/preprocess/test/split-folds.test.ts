import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitFolds, splitTrainTest } from '../src/index.ts';
import { countLabels, labelsOf } from './labels.ts';
import { reference } from './scikit-learn-reference.ts';

describe('splitFolds', () => {
  it.each(reference.splits)('deals classes of $counts rows as scikit-learn does', (split) => {
    const labels = labelsOf(split.counts, split.firstLabels);
    const folds = splitFolds({ rowCount: labels.length, labels, folds: 5, seed: 1 });
    expect(folds.map(({ test }) => countLabels(labels, test))).toEqual(
      split.foldTests.map((counts) => counts.slice(0, split.counts.length)),
    );
  });

  it.each(Object.entries(reference.foldSizes))(
    'makes folds of the same sizes as scikit-learn out of %s rows',
    (rows, sizes) => {
      const folds = splitFolds({ rowCount: Number(rows), folds: 5, seed: 1 });
      expect(folds.map(({ test }) => test.length)).toEqual(sizes);
    },
  );

  it('tests each row once, and trains each fold on all other rows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 2, max: 6 }),
        fc.integer(),
        fc.boolean(),
        (counts, folds, seed, isStratified) => {
          const labels = labelsOf(counts);
          fc.pre(Math.max(...counts) >= folds);
          const made = splitFolds({
            rowCount: labels.length,
            folds,
            seed,
            ...(isStratified && { labels }),
          });
          const tested = made.flatMap(({ test }) => [...test]);
          expect(tested.sort((a, b) => a - b)).toEqual([...labels.keys()]);
          for (const { train, test } of made) {
            expect([...train, ...test].sort((a, b) => a - b)).toEqual([...labels.keys()]);
            if (!isStratified) continue;
            countLabels(labels, test).forEach((count, label) => {
              expect(Math.abs(count - counts[label]! / folds)).toBeLessThan(1);
            });
          }
        },
      ),
    );
  });

  it('deals the same way for the same seed and another way for another', () => {
    const deal = (seed: number) => splitFolds({ rowCount: 30, folds: 3, seed });
    expect(deal(7)).toEqual(deal(7));
    expect(deal(7)).not.toEqual(deal(8));
  });

  it('draws nothing of what the rows held out by the same seed were drawn from', () => {
    const first = (rows: Int32Array) => Array.from(rows).slice(0, 20).join();
    const held = splitTrainTest({ rowCount: 1000, testSize: 0.2, seed: 5 });
    const tests = splitFolds({ rowCount: 1000, folds: 5, seed: 5 }).map(({ test }) => first(test));
    expect(tests).not.toContain(first(held.test));
  });

  it.each([
    ['a single fold', { rowCount: 10, folds: 1 }],
    ['half a fold', { rowCount: 10, folds: 2.5 }],
    ['more folds than rows', { rowCount: 4, folds: 5 }],
    ['more folds than rows of any class', { rowCount: 6, folds: 4, labels: labelsOf([3, 3]) }],
  ])('throws PREPROCESS_SPLIT_INVALID on %s', (_what, options) => {
    expect(() => splitFolds({ ...options, seed: 1 })).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_SPLIT_INVALID' }),
    );
  });
});
