import {
  type CellValue,
  type Table,
  type TableRow,
  cellValue,
  columnNamed,
  rowAt,
  takeColumns,
} from '@gnu-mlops/core';
import type { Prediction, PredictInput, Predictor } from '@gnu-mlops/predictor';

/** Rows in one of the forms that a predictor takes, and what it makes of them. JSON. */
export interface PredictionExample {
  readonly form: 'object' | 'array_of_objects' | 'columns_and_data';
  readonly input: PredictInput;
  readonly predictions: readonly Prediction[];
  /** What the target was in these rows. */
  readonly actual: readonly CellValue[];
}

/** Rows in the examples of several rows. */
const severalRows = 3;

/**
 * Predict rows of a table in each form of input: one object, an array of objects, and arrays with
 * column names.
 *
 * @param rows at least one; as many of the first as are needed are taken.
 */
export function predictExamples(
  predictor: Pick<Predictor, 'model' | 'predict'>,
  {
    table,
    target,
    rows,
  }: {
    readonly table: Table;
    readonly target: string;
    readonly rows: Int32Array;
  },
): PredictionExample[] {
  const inputs = takeColumns(
    table,
    predictor.model.signature.inputs
      .map(({ name }) => name)
      .filter((name) => table.columns.has(name)),
  );
  const columns = [...inputs.columns.keys()];
  const targetColumn = columnNamed(table, target);
  const [first, several] = [rows.slice(0, 1), rows.slice(0, severalRows)];
  const objectsOf = (chosen: Int32Array): TableRow[] =>
    Array.from(chosen, (row) => rowAt(inputs, row));
  const data = objectsOf(several).map((row) => columns.map((name) => row[name]!));

  const example = (
    form: PredictionExample['form'],
    input: PredictInput,
    chosen: Int32Array,
  ): PredictionExample => ({
    form,
    input,
    predictions: predictor.predict(input),
    actual: Array.from(chosen, (row) => cellValue(targetColumn, row)),
  });
  return [
    example('object', objectsOf(first)[0]!, first),
    example('array_of_objects', objectsOf(several), several),
    example('columns_and_data', { columns, data }, several),
  ];
}
