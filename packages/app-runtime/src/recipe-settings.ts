import type { Config } from '@gnu-mlops/core/config';
import { snakeCase } from '@gnu-mlops/core';
import { type RecipeSpec, parseRecipeSpec } from '@gnu-mlops/preprocess';

/**
 * The recipe that the configuration asks for. Settings have the configuration's spelling there:
 * `max_categories` is `maxCategories` of the step.
 *
 * @returns undefined where none is configured: the algorithm's default is meant.
 * @throws {RecipeSpecInvalidError} of `@gnu-mlops/preprocess`, saying where and what, with the
 *   nearest known word.
 */
export function recipeSettings({ preprocessing }: Config): RecipeSpec | undefined {
  if (preprocessing.steps === undefined) return undefined;
  // Settings may be spelt as in code, too.
  const steps = preprocessing.steps.map((step) =>
    Object.fromEntries(Object.entries(step).map(([key, value]) => [snakeCase(key), value])),
  );
  return parseRecipeSpec({ steps }, { spelling: 'snake_case' });
}
