import type { Objective } from './objective.ts';

/** A point with what the objective says there. */
export interface Evaluated {
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

/** A step that falls short of this share of the promised decrease is halved. */
const SUFFICIENT_DECREASE = 1e-4;
const MOST_HALVINGS = 40;

/** What rounding may do to a value: below it, neither direction of change means anything. */
const ROUNDING = 4 * Number.EPSILON;

/**
 * Go along `direction`, the whole way or as far as halving finds a sufficient decrease (Armijo).
 *
 * @param slope of the objective along `direction`, below 0.
 * @returns undefined when no step helps, which at the edge of rounding means arrival.
 */
export async function searchAlong(
  objective: Objective,
  from: Evaluated,
  { direction, slope }: { direction: Float64Array; slope: number },
): Promise<Evaluated | undefined> {
  const slack = ROUNDING * Math.abs(from.value);
  let step = 1;
  for (let halving = 0; halving < MOST_HALVINGS; halving++, step /= 2) {
    const point = from.point.map((value, i) => value + step * direction[i]!);
    const gradient = new Float64Array(objective.size);
    const value = await objective.evaluate(point, gradient);
    if (value <= from.value + SUFFICIENT_DECREASE * step * slope + slack) {
      return { point, value, gradient };
    }
  }
  return undefined;
}

/** The objective at its start. */
export async function evaluateAt(objective: Objective, point: Float64Array): Promise<Evaluated> {
  const gradient = new Float64Array(objective.size);
  return { point, value: await objective.evaluate(point, gradient), gradient };
}
