import { type CellValue, type Table, columnNamed, createTable, nearestName } from '@gnu-mlops/core';
import { ExplainOptionError } from '../errors.ts';
import type { Model } from '../model.ts';
import { createScorer } from '../predict-table.ts';
import type { Predictions } from '../predictions.ts';
import { columnGrid, constantColumn } from './column-grid.ts';

/** Settings of {@link partialDependence}. */
export interface DependenceOptions {
  /** One raw column that the model reads, or two. */
  readonly columns: readonly [string] | readonly [string, string];
  /** At least 2: the most values of a column of amounts to try; default 20. */
  readonly gridSize?: number;
  /** The values to try by column, timestamps as milliseconds; default: see {@link DependenceAxis}. */
  readonly values?: { readonly [column: string]: readonly CellValue[] };
}

/** The values that one column was given. */
export interface DependenceAxis {
  readonly column: string;
  /**
   * Amounts ascending: all that occur where these are at most `gridSize`, else evenly spaced between
   * the 5th and the 95th percentile. Texts and booleans: all that occur, the most frequent first.
   */
  readonly values: readonly CellValue[];
}

/** What a model says on average, by the value that all rows are given in one column or two. */
export interface PartialDependence {
  readonly axes: readonly DependenceAxis[];
  /** Class labels, or the target's name. */
  readonly outputs: readonly string[];
  /**
   * Mean probability or mean number over the rows: values of the first axis x values of the second
   * (if any) x outputs, row-major.
   */
  readonly averages: Float64Array;
}

/**
 * Give all rows the same value in a column, leave the others as they are, and average what the model
 * says; for every value of a grid.
 *
 * @param table rows of the model's inputs; the target is not needed.
 * @throws {ColumnNotFoundError} when an input is not there.
 * @throws {CellTypeError} when a value is none of its column's type.
 * @throws {ExplainOptionError} when a setting makes no sense for the model or the table.
 * @see scikit-learn partial_dependence with method="brute", kind="average".
 */
export function partialDependence(
  model: Model,
  table: Table,
  options: DependenceOptions,
): PartialDependence {
  if (table.rowCount === 0) throw new ExplainOptionError('table', 'has no rows to average over');
  const axes = options.columns.map((column) => axisOf(model, table, { ...options, column }));
  if (new Set(options.columns).size < axes.length) {
    throw new ExplainOptionError('columns', `names "${options.columns[0]}" twice`);
  }
  const score = createScorer(model);
  const outputs = model.target.classes ?? [model.target.name];
  const points = axes.reduce<readonly (readonly CellValue[])[]>(
    (cells, { values }) => cells.flatMap((before) => values.map((value) => [...before, value])),
    [[]],
  );
  const averages = new Float64Array(points.length * outputs.length);
  points.forEach((point, at) => {
    const columns = new Map(table.columns);
    axes.forEach(({ column: name }, axis) => {
      const like = { name, column: columnNamed(table, name) };
      columns.set(name, constantColumn(like, point[axis]!, table.rowCount));
    });
    const numbers = numbersOf(score(createTable(columns, table.rowCount)));
    numbers.forEach((number, i) => {
      averages[at * outputs.length + (i % outputs.length)]! += number / table.rowCount;
    });
  });
  return { axes, outputs, averages };
}

function axisOf(
  model: Model,
  table: Table,
  options: DependenceOptions & { readonly column: string },
): DependenceAxis {
  const { column, gridSize = 20, values } = options;
  const known = model.recipe.inputs.map(({ name }) => name);
  if (!known.includes(column)) {
    const nearest = nearestName(column, known);
    const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    throw new ExplainOptionError(
      'columns',
      `name "${column}", which the model does not read${hint}`,
    );
  }
  if (!(Number.isSafeInteger(gridSize) && gridSize >= 2)) {
    throw new ExplainOptionError('gridSize', `is ${gridSize}, not a count of at least 2`);
  }
  const given = values && Object.hasOwn(values, column) ? values[column] : undefined;
  const tried = given ?? columnGrid(columnNamed(table, column), gridSize);
  if (tried.length > 0) return { column, values: tried };
  throw new ExplainOptionError('values', `hold nothing to try for "${column}"`);
}

function numbersOf(predictions: Predictions): Float64Array {
  return predictions.task === 'regression' ? predictions.values : predictions.probabilities;
}
