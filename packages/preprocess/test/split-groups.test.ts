import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitGroups } from '../src/index.ts';

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

  it('throws PREPROCESS_SPLIT_INVALID when there is one group only', () => {
    expect(() => splitGroups({ groups: Int32Array.of(4, 4), testSize: 0.5, seed: 1 })).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_SPLIT_INVALID' }),
    );
  });
});
