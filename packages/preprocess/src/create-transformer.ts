import { type Column, type ColumnSpec, type Table, columnNamed } from '@gnu-mlops/core';
import { type Cells, cellsOf, numbersIn } from './cells.ts';
import { compileSteps } from './compile-steps.ts';
import { InputKindError } from './errors.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import type { Recipe } from './recipe.ts';

/** Turns tables into what an estimator sees, by one recipe. */
export type Transformer = (table: Table) => FeatureMatrix;

/**
 * Prepare a recipe for many tables, or for one row at a time: names and categories are looked up
 * here, once.
 *
 * The transformer reads the recipe's inputs and nothing else of a table; columns of numbers that no
 * step changes are shared with it, not copied. It throws {@link ColumnNotFoundError} when an input is
 * not there, {@link InputKindError} when it is of another kind than in training, and
 * {@link CategoryUnknownError} where a step refuses categories that training did not show.
 *
 * @throws {RecipeInvalidError} when the steps do not fit each other.
 */
export function createTransformer(recipe: Recipe): Transformer {
  const { inputs, features } = recipe;
  const compiled = compileSteps(inputs, recipe.steps);
  return (table) => {
    const cells = inputs.map((input) => readInput(table, input));
    const columns = compiled.run(cells, table.rowCount).map(numbersIn);
    return { rowCount: table.rowCount, features, columns };
  };
}

function readInput(table: Table, input: ColumnSpec): Cells {
  const column = columnNamed(table, input.name);
  if (!isOfType(column, input.type)) throw new InputKindError(input.name, column.kind, input.type);
  return cellsOf(column);
}

/** Integers with missing cells are `double` by signature, so whole and real numbers are one here. */
function isOfType({ kind }: Column, type: ColumnSpec['type']): boolean {
  switch (type) {
    case 'boolean':
      return kind === 'boolean';
    case 'datetime':
      return kind === 'timestamp';
    case 'string':
      return kind === 'categorical' || kind === 'text';
    default:
      return kind === 'numeric' || kind === 'integer';
  }
}
