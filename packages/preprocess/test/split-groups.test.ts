import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitGroups } from '../src/index.ts';
import { clinics } from './clinics.ts';

describe('splitGroups', () => {
  it('keeps all rows of a group on one side', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 40 }),
        fc.integer(),
        (codes, seed) => {
          const groups = Int32Array.from(codes);
          const groupCount = new Set(codes).size;
          fc.pre(groupCount > 1);
          const { train, test } = splitGroups({ groups, testSize: 0.3, seed });
          const testGroups = new Set(Array.from(test, (row) => groups[row]));
          expect(testGroups.size).toBe(Math.ceil(0.3 * groupCount));
          expect(Array.from(train).some((row) => testGroups.has(groups[row]))).toBe(false);
          expect(train.length + test.length).toBe(groups.length);
        },
      ),
    );
  });

  it('keeps the share of each class, as nearly as groups allow', () => {
    const { groups, labels } = clinics();
    const share = (rows: Int32Array) =>
      Array.from(rows).filter((row) => labels[row] === 1).length / rows.length;
    for (let seed = 0; seed < 20; seed++) {
      const { train, test } = splitGroups({ groups, labels, testSize: 0.25, seed });
      const testGroups = new Set(Array.from(test, (row) => groups[row]));
      expect(Array.from(train).some((row) => testGroups.has(groups[row]))).toBe(false);
      expect(Math.abs(test.length / groups.length - 0.25)).toBeLessThan(0.05);
      expect(Math.abs(share(test) - share(train))).toBeLessThan(0.08);
    }
    const tests = [1, 2].map((seed) => splitGroups({ groups, labels, testSize: 0.25, seed }).test);
    expect(tests[0]).not.toEqual(tests[1]);
  });

  it('puts a group on each side, however large the groups and the share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(4), fc.nat(2)), { minLength: 2, maxLength: 30 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.integer(),
        (rows, testSize, seed) => {
          const groups = Int32Array.from(rows, ([group]) => group);
          const labels = Int32Array.from(rows, ([, label]) => label);
          const groupCount = new Set(groups).size;
          fc.pre(groupCount > Math.ceil(testSize * groupCount));
          const { train, test } = splitGroups({ groups, labels, testSize, seed });
          const testGroups = new Set(Array.from(test, (row) => groups[row]));
          expect(test.length).toBeGreaterThan(0);
          expect(train.length).toBeGreaterThan(0);
          expect(Array.from(train).some((row) => testGroups.has(groups[row]))).toBe(false);
        },
      ),
    );
  });

  it('throws PREPROCESS_SPLIT_INVALID when there is one group only', () => {
    expect(() => splitGroups({ groups: Int32Array.of(4, 4), testSize: 0.5, seed: 1 })).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_SPLIT_INVALID' }),
    );
  });
});
