import { InputInvalidError } from './errors.ts';
import type { InputRows } from './input-rows.ts';

/**
 * See rows in whichever accepted form they come. Cells are looked at as they are read.
 *
 * @param input a `PredictInput`, or anything: what comes over a wire has no type yet.
 * @param firstRow which of all rows the first is, 0-based, where errors count from.
 * @throws {InputInvalidError} when it is in none of the forms, naming the row where one is at fault.
 */
export function parsePredictInput(input: unknown, firstRow = 0): InputRows {
  if (Array.isArray(input)) return recordRows(input, firstRow);
  if (!isObject(input)) {
    throw new InputInvalidError(`${inWords(input)} is given where rows are expected`);
  }
  if (Array.isArray(own(input, 'dataframe_records'))) {
    return recordRows(own(input, 'dataframe_records') as unknown[], firstRow);
  }
  const split = own(input, 'dataframe_split');
  if (isObject(split)) return splitRows(own(split, 'columns'), own(split, 'data'), firstRow);
  // A row cannot look like this: no cell is an array.
  if (Array.isArray(own(input, 'columns')) && Array.isArray(own(input, 'data'))) {
    return splitRows(own(input, 'columns'), own(input, 'data'), firstRow);
  }
  return recordRows([input], firstRow);
}

function recordRows(records: readonly unknown[], firstRow: number): InputRows {
  for (let row = 0; row < records.length; row++) {
    const record = records[row];
    if (isObject(record)) continue;
    throw new InputInvalidError(
      Array.isArray(record)
        ? 'is an array and its column names are not given; give {columns: [...], data: [[...], ...]} instead'
        : `is ${inWords(record)}, not an object from feature name to value`,
      firstRow + row,
    );
  }
  const checked = records as readonly object[];
  return {
    rowCount: checked.length,
    firstRow,
    read: (row, field) => own(checked[row]!, field),
    fieldsOf: (row) => Object.keys(checked[row]!),
  };
}

function splitRows(columns: unknown, data: unknown, firstRow: number): InputRows {
  if (!Array.isArray(columns) || !Array.isArray(data)) {
    throw new InputInvalidError('the split form needs two arrays, "columns" and "data"');
  }
  const positions = new Map<string, number>();
  columns.forEach((name: unknown, position) => {
    if (typeof name !== 'string') {
      throw new InputInvalidError(`column name ${position + 1} is ${inWords(name)}, not a text`);
    }
    if (positions.has(name)) {
      throw new InputInvalidError(`two columns are named "${name}"`);
    }
    positions.set(name, position);
  });
  for (let row = 0; row < data.length; row++) {
    const cells: unknown = data[row];
    if (!Array.isArray(cells)) {
      throw new InputInvalidError(`is ${inWords(cells)}, not an array of cells`, firstRow + row);
    }
    if (cells.length !== columns.length) {
      throw new InputInvalidError(
        `has ${cells.length} cells where ${columns.length} columns are named`,
        firstRow + row,
      );
    }
  }
  const rows = data as readonly (readonly unknown[])[];
  const names = [...positions.keys()];
  return {
    rowCount: rows.length,
    firstRow,
    read(row, field) {
      const position = positions.get(field);
      return position === undefined ? undefined : rows[row]![position];
    },
    fieldsOf: () => names,
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own properties only: a row must not find `constructor` among what all objects inherit. */
function own(record: object, key: string): unknown {
  return Object.hasOwn(record, key) ? (record as Record<string, unknown>)[key] : undefined;
}

function inWords(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
