import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitGroupFolds } from '../src/index.ts';
import { clinics } from './clinics.ts';

describe('splitGroupFolds', () => {
  it('tests each row once, no group on both sides, and no fold is empty', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(12), fc.nat(2)), { minLength: 2, maxLength: 60 }),
        fc.integer({ min: 2, max: 6 }),
        fc.integer(),
        fc.boolean(),
        (rows, folds, seed, isStratified) => {
          const groups = Int32Array.from(rows, ([group]) => group);
          const labels = Int32Array.from(rows, ([, label]) => label);
          fc.pre(new Set(groups).size >= folds);
          const made = splitGroupFolds({ groups, folds, seed, ...(isStratified && { labels }) });
          const tested = made.flatMap(({ test }) => [...test]);
          expect(tested.sort((a, b) => a - b)).toEqual([...groups.keys()]);
          for (const { train, test } of made) {
            expect(test.length).toBeGreaterThan(0);
            expect([...train, ...test].sort((a, b) => a - b)).toEqual([...groups.keys()]);
            const testGroups = new Set(Array.from(test, (row) => groups[row]));
            expect(Array.from(train).some((row) => testGroups.has(groups[row]))).toBe(false);
          }
        },
      ),
    );
  });

  it('gives every fold nearly its share of each class', () => {
    const { groups, labels } = clinics();
    const positives = labels.reduce((sum, label) => sum + label, 0);
    for (let seed = 0; seed < 10; seed++) {
      for (const { test } of splitGroupFolds({ groups, labels, folds: 5, seed })) {
        const found = Array.from(test).filter((row) => labels[row] === 1).length;
        expect(Math.abs(found / positives - 1 / 5)).toBeLessThan(0.05);
        expect(Math.abs(test.length / groups.length - 1 / 5)).toBeLessThan(0.05);
      }
    }
  });

  it('deals groups of sizes 5, 4, 3, 2, 1, 1 into two folds of 8', () => {
    const groups = Int32Array.from([0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5]);
    const made = splitGroupFolds({ groups, folds: 2, seed: 3 });
    expect(made.map(({ test }) => test.length)).toEqual([8, 8]);
  });

  it('deals the same way for the same seed and another way for another', () => {
    const { groups, labels } = clinics();
    const deal = (seed: number) => splitGroupFolds({ groups, labels, folds: 3, seed });
    expect(deal(7)).toEqual(deal(7));
    expect(deal(7)).not.toEqual(deal(8));
  });

  it.each([
    ['fewer groups than folds', { groups: Int32Array.of(1, 1, 2, 2), folds: 3 }],
    ['a single fold', { groups: Int32Array.of(1, 1, 2, 2), folds: 1 }],
    ['a missing group', { groups: Int32Array.of(1, -1, 2, 2), folds: 2 }],
    ['too few labels', { groups: Int32Array.of(1, 2), labels: Int32Array.of(0), folds: 2 }],
  ])('throws PREPROCESS_SPLIT_INVALID on %s', (_what, options) => {
    expect(() => splitGroupFolds({ ...options, seed: 1 })).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_SPLIT_INVALID' }),
    );
  });
});
