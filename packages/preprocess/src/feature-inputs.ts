import { compileSteps } from './compile-steps.ts';
import type { Recipe } from './recipe.ts';

/**
 * The raw columns that each feature of a recipe is made from: most come from one, such as
 * `contract=Month-to-month` from `contract`; a derived column comes from all that it computes with.
 *
 * @returns for each feature, ascending indices into `recipe.inputs`.
 * @throws {RecipeInvalidError} when the steps do not fit each other.
 */
export function featureInputs(recipe: Recipe): readonly (readonly number[])[] {
  const { sources } = compileSteps(recipe.inputs, recipe.steps);
  return sources.map((inputs) => inputs.toSorted((a, b) => a - b));
}
