import type { Recipe } from '@gnu-mlops/preprocess';
import { featureSources } from './feature-sources.ts';

/** A figure of a raw column. */
export interface ColumnImportance {
  readonly column: string;
  readonly importance: number;
}

/**
 * Add up importances of features by the raw columns that they come from, as the trainer's gain
 * importances are shares and stay so.
 *
 * @param importances one a feature of the recipe.
 * @returns one a raw column that a feature comes from, the greatest first; equal ones in the order
 *   of the recipe's inputs.
 */
export function sumByColumn(recipe: Recipe, importances: ArrayLike<number>): ColumnImportance[] {
  const sums = new Map<number, number>();
  featureSources(recipe).forEach((sources, feature) => {
    const share = importances[feature]! / sources.length;
    for (const source of sources) sums.set(source, (sums.get(source) ?? 0) + share);
  });
  return Array.from(sums)
    .sort(([a], [b]) => a - b)
    .map(([source, importance]) => ({ column: recipe.inputs[source]!.name, importance }))
    .sort((a, b) => b.importance - a.importance);
}
