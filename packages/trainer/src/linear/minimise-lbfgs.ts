import { type Evaluated, evaluateAt, searchAlong } from './line-search.ts';
import {
  type Minimum,
  type Objective,
  type StopRule,
  addScaled,
  dot,
  largestMagnitude,
} from './objective.ts';

/** Steps remembered. */
const MEMORY = 10;

interface Step {
  readonly move: Float64Array;
  readonly gradientChange: Float64Array;
  /** Their product, above 0. */
  readonly product: number;
}

/**
 * Limited-memory BFGS (Nocedal's two-loop recursion) with a line search. For many unknowns, where second
 * derivatives cost too much.
 *
 * @param start default: the origin.
 */
export async function minimiseLbfgs(
  objective: Objective,
  stop: StopRule,
  start?: Evaluated,
): Promise<Minimum> {
  let here = start ?? (await evaluateAt(objective, new Float64Array(objective.size)));
  const steps: Step[] = [];
  for (let iterations = 0; ; iterations++) {
    const gradient = largestMagnitude(here.gradient);
    const converged = gradient <= stop.tol;
    if (converged || iterations === stop.maxIterations) {
      return { point: here.point, iterations, gradient, converged };
    }
    const direction = quasiNewtonStep(here.gradient, steps);
    const slope = dot(direction, here.gradient);
    const next = await searchAlong(objective, here, { direction, slope });
    if (next === undefined) return { point: here.point, iterations, gradient, converged };
    remember(steps, {
      move: next.point.map((value, i) => value - here.point[i]!),
      gradientChange: next.gradient.map((value, i) => value - here.gradient[i]!),
    });
    here = next;
  }
}

function remember(steps: Step[], { move, gradientChange }: Omit<Step, 'product'>): void {
  const product = dot(move, gradientChange);
  if (product <= 0) return;
  steps.push({ move, gradientChange, product });
  if (steps.length > MEMORY) steps.shift();
}

function quasiNewtonStep(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const shares = new Float64Array(steps.length);
  for (let s = steps.length - 1; s >= 0; s--) {
    const { move, gradientChange, product } = steps[s]!;
    shares[s] = dot(move, direction) / product;
    addScaled(direction, gradientChange, -shares[s]!);
  }
  const last = steps.at(-1);
  const scale =
    last === undefined
      ? Math.min(1, 1 / largestMagnitude(gradient))
      : last.product / dot(last.gradientChange, last.gradientChange);
  for (let i = 0; i < direction.length; i++) direction[i]! *= scale;
  steps.forEach(({ move, gradientChange, product }, s) => {
    addScaled(direction, move, shares[s]! - dot(gradientChange, direction) / product);
  });
  return direction;
}
