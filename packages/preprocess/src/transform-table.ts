import type { Table } from '@gnu-mlops/core';
import { createTransformer } from './create-transformer.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import type { Recipe } from './recipe.ts';

/**
 * Turn the rows of a table into what an estimator sees. For many tables, or one row at a time, keep
 * a transformer from {@link createTransformer} instead.
 *
 * @returns one row per row of the table, in its order; columns as in `recipe.features`.
 * @throws {ColumnNotFoundError} when an input is not there, naming the nearest column.
 * @throws {InputKindError} when an input is of another kind than in training.
 * @throws {CategoryUnknownError} where a step refuses categories that training did not show.
 */
export function transformTable(table: Table, recipe: Recipe): FeatureMatrix {
  return createTransformer(recipe)(table);
}
