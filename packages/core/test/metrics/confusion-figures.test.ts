import { describe, expect, it } from 'vitest';
import { measureBalancedAccuracy, measureMatthewsCorrelation } from '../../src/index.ts';

describe('measureBalancedAccuracy', () => {
  it('lets a rare class count as much as a common one', () => {
    const always = [
      [98, 0],
      [2, 0],
    ];
    expect(measureBalancedAccuracy(always)).toBe(0.5);
  });

  it('leaves out a class that never occurred, and is NaN for no rows', () => {
    expect(
      measureBalancedAccuracy([
        [3, 1],
        [0, 0],
      ]),
    ).toBe(0.75);
    expect(
      measureBalancedAccuracy([
        [0, 0],
        [0, 0],
      ]),
    ).toBeNaN();
  });
});

describe('measureMatthewsCorrelation', () => {
  it('is 1 when all is right, -1 when all is wrong, 0 by chance', () => {
    expect(
      measureMatthewsCorrelation([
        [3, 0],
        [0, 2],
      ]),
    ).toBe(1);
    expect(
      measureMatthewsCorrelation([
        [0, 3],
        [2, 0],
      ]),
    ).toBe(-1);
    expect(
      measureMatthewsCorrelation([
        [1, 1],
        [1, 1],
      ]),
    ).toBe(0);
  });

  it('is NaN when one class alone was predicted or occurred', () => {
    expect(
      measureMatthewsCorrelation([
        [4, 0],
        [2, 0],
      ]),
    ).toBeNaN();
    expect(
      measureMatthewsCorrelation([
        [4, 2],
        [0, 0],
      ]),
    ).toBeNaN();
  });
});
