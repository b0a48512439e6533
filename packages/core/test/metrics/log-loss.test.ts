import { describe, expect, it } from 'vitest';
import { measureLogLoss } from '../../src/index.ts';

describe('measureLogLoss', () => {
  it('is the mean of -ln(probability of the actual class)', () => {
    const loss = measureLogLoss(Int32Array.of(0, 1), Float64Array.of(0.5, 0.5, 0.75, 0.25), 2);
    expect(loss).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 15);
  });

  it('clips by 2^-52, so that a certain mistake is finite and certainty is not quite free', () => {
    expect(measureLogLoss(Int32Array.of(0), Float64Array.of(0, 1), 2)).toBe(-Math.log(2 ** -52));
    expect(measureLogLoss(Int32Array.of(1), Float64Array.of(0, 1), 2)).toBe(
      -Math.log(1 - 2 ** -52),
    );
  });
});
