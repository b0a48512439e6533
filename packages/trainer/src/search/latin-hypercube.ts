import { type JsonObject, createRandom, shuffle } from '@gnu-mlops/core';
import { axisOf, pointAtShare } from './axis.ts';
import type { SuggestionContext } from './sampler.ts';

/**
 * One of `count` suggestions that are spread out together: each dimension is cut into as many parts as
 * there are suggestions, and each part is drawn from once. What a suggestion is depends on its number
 * alone, not on which others are made.
 *
 * @param count above the context's number.
 * @see McKay, Beckman and Conover, "A Comparison of Three Methods for Selecting Values of Input
 *   Variables in the Analysis of Output from a Computer Code" (1979).
 */
export function suggestFromHypercube(
  { space, seed, number }: Pick<SuggestionContext, 'space' | 'seed' | 'number'>,
  count: number,
): JsonObject {
  const random = createRandom(seed, number);
  return Object.fromEntries(
    Object.entries(space).map(([name, dimension], i) => {
      const axis = axisOf(dimension);
      const parts = Int32Array.from({ length: count }, (_, part) => part);
      shuffle(parts, createRandom(seed, count, i));
      const share = (parts[number]! + random.nextFloat()) / count;
      return [name, axis.valueAt(pointAtShare(axis, share))];
    }),
  );
}
