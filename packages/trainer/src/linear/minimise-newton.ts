import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { evaluateAt, searchAlong } from './line-search.ts';
import { type Minimum, type Objective, type StopRule, dot, largestMagnitude } from './objective.ts';

/**
 * Newton's method with a line search, from the origin. A few steps suffice whatever the features'
 * scales are, at the price of size x size second derivatives for each.
 */
export function minimiseNewton(objective: Objective, stop: StopRule): Minimum {
  let here = evaluateAt(objective, new Float64Array(objective.size));
  for (let iterations = 0; ; iterations++) {
    const gradient = largestMagnitude(here.gradient);
    const converged = gradient <= stop.tol;
    if (converged || iterations === stop.maxIterations) {
      return { point: here.point, iterations, gradient, converged };
    }
    const direction = newtonStep(objective.curvature(here.point), here.gradient);
    const slope = dot(direction, here.gradient);
    const next = slope < 0 ? searchAlong(objective, here, { direction, slope }) : undefined;
    if (next === undefined) {
      return { point: here.point, iterations, gradient, converged: isRounding(slope, here.value) };
    }
    here = next;
  }
}

/** Whether the decrease that a step still promises is lost in the value's own rounding. */
function isRounding(slope: number, value: number): boolean {
  return Math.abs(slope) <= 1e-13 * Math.max(1, Math.abs(value));
}

/**
 * Solve curvature x step = -gradient.
 *
 * Each diagonal entry is lifted by a tiny share of itself, more where that is not yet definite:
 * directions that change nothing, as between two equal features, then get no step made of rounding. Where
 * nothing helps, straight downhill.
 */
function newtonStep(curvature: Float64Array, gradient: Float64Array): Float64Array {
  const size = gradient.length;
  const opposite = Matrix.columnVector(gradient.map((value) => -value));
  for (let lift = 1e-10; lift < 1; lift *= 100) {
    const matrix = Matrix.from1DArray(size, size, curvature);
    for (let i = 0; i < size; i++) {
      const diagonal = matrix.get(i, i);
      matrix.set(i, i, diagonal > 0 ? diagonal * (1 + lift) : 1);
    }
    const factors = new CholeskyDecomposition(matrix);
    if (factors.isPositiveDefinite()) return Float64Array.from(factors.solve(opposite).to1DArray());
  }
  return gradient.map((value) => -value);
}
