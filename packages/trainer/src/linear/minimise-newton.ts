import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { type Evaluated, evaluateAt, searchAlong } from './line-search.ts';
import { type Minimum, type Objective, type StopRule, dot, largestMagnitude } from './objective.ts';

/** A step by known second derivatives that leaves more than this share of the gradient asks for new ones. */
const SLOW = 0.1;

/**
 * Newton's method with a line search. A few steps suffice whatever the features' scales are, at the
 * price of size x size second derivatives, which are kept as long as they do.
 *
 * @param start default: the origin.
 */
export function minimiseNewton(
  objective: Objective,
  stop: StopRule,
  start: Evaluated = evaluateAt(objective, new Float64Array(objective.size)),
): Minimum {
  let here = start;
  let gradient = largestMagnitude(here.gradient);
  let solve: Solver | undefined;
  for (let iterations = 0; ; iterations++) {
    if (gradient <= stop.tol || iterations === stop.maxIterations) {
      return { point: here.point, iterations, gradient, converged: gradient <= stop.tol };
    }
    const isFresh = solve === undefined;
    solve ??= solverFor(objective.curvature(here.point), objective.size);
    const direction = solve(here.gradient);
    const slope = dot(direction, here.gradient);
    const next = slope < 0 ? searchAlong(objective, here, { direction, slope }) : undefined;
    const before = gradient;
    if (next === undefined) {
      if (isFresh) {
        const converged = isRounding(slope, here.value);
        return { point: here.point, iterations, gradient, converged };
      }
    } else {
      here = next;
      gradient = largestMagnitude(here.gradient);
    }
    if (!(gradient < SLOW * before)) solve = undefined;
  }
}

/** Whether the decrease that a step still promises is lost in the value's own rounding. */
function isRounding(slope: number, value: number): boolean {
  return Math.abs(slope) <= 1e-13 * Math.max(1, Math.abs(value));
}

/** Solves curvature x step = -gradient. */
type Solver = (gradient: Float64Array) => Float64Array;

/**
 * Each diagonal entry is lifted by a tiny share of itself, more where that is not yet definite:
 * directions that change nothing, as between two equal features, then get no step made of rounding. Where
 * nothing helps, straight downhill.
 */
function solverFor(curvature: Float64Array, size: number): Solver {
  for (let lift = 1e-10; lift < 1; lift *= 100) {
    const matrix = Matrix.from1DArray(size, size, curvature);
    for (let i = 0; i < size; i++) {
      const diagonal = matrix.get(i, i);
      matrix.set(i, i, diagonal > 0 ? diagonal * (1 + lift) : 1);
    }
    const factors = new CholeskyDecomposition(matrix);
    if (factors.isPositiveDefinite()) {
      return (gradient) => {
        const opposite = Matrix.columnVector(gradient.map((value) => -value));
        return Float64Array.from(factors.solve(opposite).to1DArray());
      };
    }
  }
  return (gradient) => gradient.map((value) => -value);
}
