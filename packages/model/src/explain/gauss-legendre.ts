/** Points in (0, 1) and their weights, which are positive and sum to 1. */
export interface QuadratureRule {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The rule whose weighted sum of f(point) is the integral of f over [0, 1] for every polynomial of
 * degree at most 2 * pointCount - 1.
 *
 * @param pointCount at least 1.
 * @see Press et al., Numerical Recipes, 4.6: Newton's method on the Legendre polynomial.
 */
export function gaussLegendre(pointCount: number): QuadratureRule {
  const points = new Float64Array(pointCount);
  const weights = new Float64Array(pointCount);
  for (let i = 0; i < pointCount; i++) {
    let root = Math.cos((Math.PI * (i + 0.75)) / (pointCount + 0.5));
    let slope = 0;
    for (let round = 0; round < 100; round++) {
      const legendre = legendreAt(root, pointCount);
      slope = legendre.slope;
      const step = legendre.value / slope;
      root -= step;
      if (Math.abs(step) < 1e-15) break;
    }
    points[i] = (1 - root) / 2;
    weights[i] = 1 / ((1 - root * root) * slope * slope);
  }
  return { points, weights };
}

/** The Legendre polynomial of a degree and its derivative, at a point inside (-1, 1). */
function legendreAt(x: number, degree: number): { value: number; slope: number } {
  let before = 1;
  let value = x;
  for (let n = 2; n <= degree; n++) {
    const next = ((2 * n - 1) * x * value - (n - 1) * before) / n;
    before = value;
    value = next;
  }
  return { value, slope: (degree * (x * value - before)) / (x * x - 1) };
}
