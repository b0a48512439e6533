import { type JsonObject, type JsonValue, createRandom } from '@gnu-mlops/core';
import { axisOf } from './axis.ts';
import type { GridSampler, SuggestionContext } from './sampler.ts';
import { type Dimension, type SearchSpace, lastStep } from './search-space.ts';

const defaultPoints = 5;

/** How many combinations a grid has; beyond 2^53 about as many. */
export function gridSize(sampler: GridSampler, space: SearchSpace): number {
  return Number(combinations(sampler, space));
}

function combinations(sampler: GridSampler, space: SearchSpace): bigint {
  return Object.values(space).reduce(
    (size, dimension) => size * BigInt(gridValues(dimension, sampler).length),
    1n,
  );
}

/**
 * The combination of a trial number, each once. They come in a seeded order that jumps about the
 * grid, so that a search with fewer trials than combinations still sees all parts of it.
 */
export function suggestFromGrid(
  sampler: GridSampler,
  { space, seed, number }: Pick<SuggestionContext, 'space' | 'seed' | 'number'>,
): JsonObject {
  let rest = gridPosition(number, combinations(sampler, space), seed);
  return Object.fromEntries(
    Object.entries(space).map(([name, dimension]) => {
      const values = gridValues(dimension, sampler);
      const count = BigInt(values.length);
      const index = Number(rest % count);
      rest /= count;
      return [name, values[index]!];
    }),
  );
}

/** Equally spaced on the dimension's scale, both ends included. */
function gridValues(
  dimension: Dimension,
  { points = defaultPoints }: GridSampler,
): readonly JsonValue[] {
  if (dimension.kind === 'categorical') return dimension.values;
  const { kind, low } = dimension;
  const last = kind === 'int' ? lastStep(dimension) : dimension.high;
  if (points === 1) return [low];
  const { pointOf, valueAt } = axisOf(dimension);
  const from = pointOf(low);
  const to = pointOf(last);
  const between = Array.from({ length: points - 2 }, (_, index) =>
    valueAt(from + ((to - from) * (index + 1)) / (points - 1)),
  );
  return [...new Set([low, ...between, last])];
}

/** A walk around the grid by a stride without a common divisor meets every position once. */
function gridPosition(number: number, size: bigint, seed: number): bigint {
  const random = createRandom(seed);
  const start = shareOf(size, random.nextFloat());
  let stride = 1n + shareOf(size - 1n, random.nextFloat());
  while (greatestDivisor(stride, size) > 1n) stride = (stride % size) + 1n;
  return (start + BigInt(number) * stride) % size;
}

/** A share of a whole number, rounded down; of more than doubles count to, in steps of 2^-53 of it. */
function shareOf(size: bigint, share: number): bigint {
  if (size <= BigInt(Number.MAX_SAFE_INTEGER)) return BigInt(Math.floor(share * Number(size)));
  return (size * BigInt(Math.floor(share * 2 ** 53))) >> 53n;
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestDivisor(b, a % b);
}
