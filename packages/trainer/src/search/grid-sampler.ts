import { type JsonObject, type JsonValue, createRandom } from '@gnu-mlops/core';
import { axisOf } from './axis.ts';
import type { GridSampler, SuggestionContext } from './sampler.ts';
import { type Dimension, type SearchSpace, lastStep } from './search-space.ts';

const defaultPoints = 5;

/** How many combinations a grid has. */
export function gridSize(sampler: GridSampler, space: SearchSpace): number {
  return Object.values(space).reduce(
    (size, dimension) => size * gridValues(dimension, sampler).length,
    1,
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
  let rest = gridPosition(number, gridSize(sampler, space), seed);
  return Object.fromEntries(
    Object.entries(space).map(([name, dimension]) => {
      const values = gridValues(dimension, sampler);
      const index = rest % values.length;
      rest = Math.floor(rest / values.length);
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
function gridPosition(number: number, size: number, seed: number): number {
  const random = createRandom(seed);
  const start = Math.floor(random.nextFloat() * size);
  let stride = 1 + Math.floor(random.nextFloat() * (size - 1));
  while (greatestDivisor(stride, size) > 1) stride = (stride % size) + 1;
  // The product may be beyond 2^53.
  return Number((BigInt(start) + BigInt(number) * BigInt(stride)) % BigInt(size));
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
