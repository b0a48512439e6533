import { type Recipe, featureInputs } from '@gnu-mlops/preprocess';
import { ModelInvalidError } from '../errors.ts';

/**
 * The raw columns that each feature of a recipe is made from: `contract` for
 * `contract=Month-to-month`, both columns for one derived from two.
 *
 * What a feature contributes is divided equally among them: a value that is there only when all of
 * its columns are belongs to each in the same measure, as Shapley's axioms have it.
 *
 * @returns for each feature, ascending indices into `recipe.inputs`, at least one.
 * @throws {ModelInvalidError} when the steps do not lead to the recipe's features.
 */
export function featureSources(recipe: Recipe): readonly (readonly number[])[] {
  const sources = featureInputs(recipe);
  if (sources.length !== recipe.features.length) {
    throw new ModelInvalidError('recipe.features', 'are not what its steps make of its inputs');
  }
  return sources;
}
