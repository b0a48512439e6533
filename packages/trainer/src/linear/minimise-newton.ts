import { factorCurvature, solveFactored } from './factor-curvature.ts';
import { type Evaluated, evaluateAt, searchAlong } from './line-search.ts';
import { type Minimum, type Objective, type StopRule, dot, largestMagnitude } from './objective.ts';

/** A step by known second derivatives that leaves more than this share of the gradient asks for new ones. */
const SLOW = 0.1;

/** Of more unknowns, second derivatives take more than half a gigabyte, and a step takes minutes. */
export const MOST_NEWTON_UNKNOWNS = 8192;

/**
 * Newton's method with a line search. A few steps suffice whatever the features' scales are, at the
 * price of size x size second derivatives, which are kept as long as they do.
 *
 * @param start default: the origin.
 */
export async function minimiseNewton(
  objective: Objective,
  stop: StopRule,
  start?: Evaluated,
): Promise<Minimum> {
  let here = start ?? (await evaluateAt(objective, new Float64Array(objective.size)));
  let gradient = largestMagnitude(here.gradient);
  let solve: Solver | undefined;
  for (let iterations = 0; ; iterations++) {
    if (gradient <= stop.tol || iterations === stop.maxIterations) {
      return { point: here.point, iterations, gradient, converged: gradient <= stop.tol };
    }
    const isFresh = solve === undefined;
    solve ??= await solverFor(objective, here.point);
    const direction = solve(here.gradient);
    const slope = dot(direction, here.gradient);
    const next = slope < 0 ? await searchAlong(objective, here, { direction, slope }) : undefined;
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
async function solverFor(
  { size, pace, curvature }: Objective,
  point: Float64Array,
): Promise<Solver> {
  const values = await curvature(point);
  for (let lift = 1e-10; lift < 1; lift *= 100) {
    const triangle = await factorCurvature({ values, size, lift }, pace);
    if (triangle !== undefined) {
      return (gradient) =>
        solveFactored(
          triangle,
          gradient.map((value) => -value),
        );
    }
  }
  return (gradient) => gradient.map((value) => -value);
}
