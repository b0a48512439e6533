import { describe, expect, it } from 'vitest';
import { splitByTime } from '../src/index.ts';

describe('splitByTime', () => {
  it('tests on the latest rows', () => {
    const { train, test } = splitByTime({
      times: Float64Array.of(50, 10, 40, 20, 30),
      testSize: 0.4,
    });
    expect([...train]).toEqual([1, 3, 4]);
    expect([...test]).toEqual([0, 2]);
  });

  it('keeps rows of one time together', () => {
    const { train, test } = splitByTime({ times: Float64Array.of(1, 2, 2, 2, 3), testSize: 0.2 });
    expect([...train]).toEqual([0, 1, 2, 3]);
    const wider = splitByTime({ times: Float64Array.of(1, 2, 2, 2, 3), testSize: 0.4 });
    expect([...test]).toEqual([4]);
    expect([...wider.test]).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['a missing time', Float64Array.of(1, NaN, 3)],
    ['rows that all share one time', Float64Array.of(5, 5, 5)],
  ])('throws PREPROCESS_SPLIT_INVALID on %s', (_what, times) => {
    expect(() => splitByTime({ times, testSize: 0.3 })).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_SPLIT_INVALID' }),
    );
  });
});
