import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitTimeFolds } from '../src/index.ts';

describe('splitTimeFolds', () => {
  it('expands its window as TimeSeriesSplit does', () => {
    const made = splitTimeFolds({ times: Float64Array.of(7, 6, 5, 4, 3, 2, 1, 0), folds: 3 });
    // Eight rows in stretches of two, the last row the earliest.
    expect(made.map(({ train, test }) => [[...train], [...test]])).toEqual([
      [
        [6, 7],
        [4, 5],
      ],
      [
        [4, 5, 6, 7],
        [2, 3],
      ],
      [
        [2, 3, 4, 5, 6, 7],
        [0, 1],
      ],
    ]);
  });

  it('leaves what does not divide in the first stretch', () => {
    const times = Float64Array.from({ length: 11 }, (_, row) => row);
    const made = splitTimeFolds({ times, folds: 3 });
    expect(made.map(({ train, test }) => [train.length, test.length])).toEqual([
      [5, 2],
      [7, 2],
      [9, 2],
    ]);
  });

  it('never tests a row that is no later than one it was trained on, and none twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 60 }),
        fc.integer({ min: 2, max: 5 }),
        (given, folds) => {
          const times = Float64Array.from(given);
          fc.pre(given.length > folds);
          let made;
          try {
            made = splitTimeFolds({ times, folds });
          } catch {
            fc.pre(false);
          }
          const tested = made!.flatMap(({ test }) => [...test]);
          expect(new Set(tested).size).toBe(tested.length);
          const first = made![0]!.train;
          expect([...first, ...tested].sort((a, b) => a - b)).toEqual([...times.keys()]);
          for (const { train, test } of made!) {
            const latest = Math.max(...Array.from(train, (row) => times[row]!));
            const earliest = Math.min(...Array.from(test, (row) => times[row]!));
            expect(earliest).toBeGreaterThan(latest);
          }
        },
      ),
    );
  });

  it.each([
    ['a missing time', Float64Array.of(1, NaN, 3, 4), 2],
    ['one time for all', Float64Array.of(2, 2, 2, 2, 2), 2],
    ['a stretch within one time', Float64Array.of(1, 2, 2, 2, 2, 2), 2],
    ['fewer rows than stretches', Float64Array.of(1, 2), 2],
    ['one fold', Float64Array.of(1, 2, 3), 1],
  ])('throws PREPROCESS_SPLIT_INVALID on %s', (_what, times, folds) => {
    expect(() => splitTimeFolds({ times, folds })).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_SPLIT_INVALID' }),
    );
  });
});
