import { type CellValue, type Column, createTable } from '@gnu-mlops/core';
import {
  type FitRecipeOptions,
  type StepSpec,
  fitTransform,
  parseRecipe,
  transformTable,
} from '../src/index.ts';
import { cellsIn } from './tiny-table.ts';

type Named = { readonly [column: string]: Column };
type NamedCells = { readonly [feature: string]: CellValue[] };

/**
 * Fit steps to columns, send the recipe through JSON and its parser, and transform other columns.
 *
 * @returns features by name, null = missing: `training` as an estimator learns from them, `later` of
 *   the other columns.
 */
export function runSteps(
  steps: readonly StepSpec[],
  { train, test = train, ...options }: { train: Named; test?: Named } & FitRecipeOptions,
): { training: NamedCells; later: NamedCells; dropped: string[] } {
  const { recipe, matrix } = fitTransform(createTable(Object.entries(train)), { steps }, options);
  const read = parseRecipe(JSON.parse(JSON.stringify(recipe)));
  const later = transformTable(createTable(Object.entries(test)), read);
  const named = ({ features, columns }: typeof later) =>
    Object.fromEntries(features.map(({ name }, i) => [name, cellsIn(columns[i]!)]));
  const dropped = recipe.dropped.map(({ column }) => column);
  return { training: named(matrix), later: named(later), dropped };
}
