import {
  type ColumnBuilder,
  type ColumnSpec,
  type Table,
  createColumnBuilder,
  createTable,
  isGnuMlopsError,
  CellTypeError,
  nearestName,
} from '@gnu-mlops/core';
import { FeatureMissingError, ValueInvalidError } from './errors.ts';
import type { InputRows } from './input-rows.ts';

/**
 * Turn rows into a table of the columns that a model reads, by the coercion of its training.
 *
 * @param inputs the model's signature. A column that is not required may be absent: its cells are
 *   missing then.
 * @throws {FeatureMissingError} naming the first row that lacks a required column.
 * @throws {ValueInvalidError} naming the first cell whose value is none of its column's type.
 */
export function buildTable(rows: InputRows, inputs: readonly ColumnSpec[]): Table {
  const { firstRow = 0 } = rows;
  const builders = inputs.map((spec) => [spec, createColumnBuilder(spec)] as const);
  for (let row = 0; row < rows.rowCount; row++) {
    for (const [spec, builder] of builders) {
      const value = rows.read(row, spec.name);
      if (value === undefined && spec.required) throw missing(rows, row, spec.name);
      append(builder, value, firstRow);
    }
  }
  return createTable(
    builders.map(([{ name }, builder]) => [name, builder.finish()] as const),
    rows.rowCount,
  );
}

function append(builder: ColumnBuilder, value: unknown, firstRow: number): void {
  try {
    builder.appendValue(value);
  } catch (error) {
    if (!isCellTypeError(error)) throw error;
    const { column: name, type, row } = error;
    throw new ValueInvalidError(new CellTypeError({ name, type }, firstRow + row, value));
  }
}

function isCellTypeError(error: unknown): error is CellTypeError {
  return isGnuMlopsError(error) && error.code === CellTypeError.code;
}

function missing(rows: InputRows, at: number, column: string): FeatureMissingError {
  const { firstRow = 0 } = rows;
  const nearest = nearestName(column, rows.fieldsOf(at));
  return new FeatureMissingError({ row: firstRow + at, column, nearest });
}
