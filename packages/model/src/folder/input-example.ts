import {
  type CellValue,
  type ColumnSpec,
  type JsonValue,
  MAX_TIME_MS,
  type TableRow,
  formatTimestamp,
} from '@gnu-mlops/core';
import { FolderOptionError, ModelFileCorruptError } from '../errors.ts';
import { type Place, fieldOf, listOf, textOf } from '../file/place.ts';

/** Rows as pandas writes a data frame with `orient="split"`. */
export interface SplitRows {
  readonly columns: readonly string[];
  readonly data: readonly (readonly JsonValue[])[];
}

/**
 * Lay example rows out by the model's inputs: missing cells become null, times ISO 8601 text.
 *
 * @throws {FolderOptionError} when a row lacks a required input, or a cell is infinite or no time.
 */
export function splitInputExample(
  rows: readonly TableRow[],
  inputs: readonly ColumnSpec[],
): SplitRows {
  return {
    columns: inputs.map(({ name }) => name),
    data: rows.map((row, i) =>
      inputs.map((input) => {
        const where = `inputExample[${i}].${input.name}`;
        const value = Object.hasOwn(row, input.name) ? row[input.name] : undefined;
        if (value === undefined && input.required)
          throw new FolderOptionError(where, 'is not there');
        return exampleCell(value ?? null, input, where);
      }),
    ),
  };
}

/**
 * Read example rows back; a time stays ISO 8601 text.
 *
 * @throws {ModelFileCorruptError} saying where and what.
 */
export function parseInputExample(root: Place): TableRow[] {
  const columns = listOf(fieldOf(root, 'columns')).map(textOf);
  return listOf(fieldOf(root, 'data')).map((row) => {
    const cells = listOf(row);
    if (cells.length !== columns.length) {
      throw new ModelFileCorruptError(
        row.where,
        `has ${cells.length} cells for ${columns.length} columns`,
      );
    }
    return Object.fromEntries(cells.map((cell, i) => [columns[i]!, cellOf(cell)]));
  });
}

function exampleCell(value: CellValue, { type }: ColumnSpec, where: string): CellValue {
  if (typeof value !== 'number') return value;
  if (Number.isNaN(value)) return null;
  if (!Number.isFinite(value)) {
    throw new FolderOptionError(where, `is ${value}, which JSON cannot hold`);
  }
  if (type !== 'datetime') return value;
  if (Math.abs(value) > MAX_TIME_MS) {
    throw new FolderOptionError(where, `is ${value}, which is no time in milliseconds since 1970`);
  }
  return formatTimestamp(value);
}

function cellOf({ value, where }: Place): CellValue {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
    return value as CellValue;
  }
  throw new ModelFileCorruptError(where, 'is no cell');
}
