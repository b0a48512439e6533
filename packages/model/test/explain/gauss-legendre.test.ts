import { describe, expect, it } from 'vitest';
import { gaussLegendre } from '../../src/explain/gauss-legendre.ts';

describe('gaussLegendre', () => {
  it.each([1, 2, 5, 10, 40])('integrates polynomials exactly with %i points', (pointCount) => {
    const { points, weights } = gaussLegendre(pointCount);
    for (let degree = 0; degree < 2 * pointCount; degree++) {
      const integral = points.reduce((sum, x, i) => sum + weights[i]! * x ** degree, 0);
      expect(integral).toBeCloseTo(1 / (degree + 1), 13);
    }
  });

  it('has points inside (0, 1) and positive weights', () => {
    const { points, weights } = gaussLegendre(25);
    expect(new Set(points).size).toBe(25);
    expect(points.every((x) => x > 0 && x < 1)).toBe(true);
    expect(weights.every((weight) => weight > 0)).toBe(true);
  });
});
