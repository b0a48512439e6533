import { type JsonObject, createRandom } from '@gnu-mlops/core';
import { axisOf, drawPoint } from './axis.ts';
import type { SuggestionContext } from './sampler.ts';

/** Draw every hyperparameter evenly over its scale. */
export function suggestAtRandom({
  space,
  seed,
  number,
}: Pick<SuggestionContext, 'space' | 'seed' | 'number'>): JsonObject {
  const random = createRandom(seed, number);
  return Object.fromEntries(
    Object.entries(space).map(([name, dimension]) => {
      const axis = axisOf(dimension);
      return [name, axis.valueAt(drawPoint(axis, random))];
    }),
  );
}
