import {
  type Column,
  type ColumnSpec,
  type Table,
  cellValue,
  columnKindOf,
  createTable,
  nearestName,
} from '@gnu-mlops/core';
import { buildTable } from './build-table.ts';
import { FeatureMissingError } from './errors.ts';

/**
 * The columns of a table that a model reads, each of the kind that its signature promises. A column
 * of that kind is passed on as it is; another one is read cell by cell, by the coercion of training.
 *
 * @param firstRow which row of all rows the table's first is, where errors count from.
 * @throws {FeatureMissingError} when a required column is absent.
 * @throws {ValueInvalidError} naming the first cell whose value is none of its column's type.
 */
export function alignTable(table: Table, inputs: readonly ColumnSpec[], firstRow = 0): Table {
  return createTable(
    inputs.map((spec) => [spec.name, alignColumn(table, spec, firstRow)] as const),
    table.rowCount,
  );
}

function alignColumn(table: Table, spec: ColumnSpec, firstRow: number): Column {
  const column = table.columns.get(spec.name);
  if (column === undefined && spec.required) {
    throw new FeatureMissingError({
      column: spec.name,
      nearest: nearestName(spec.name, table.columns.keys()),
    });
  }
  if (column?.kind === columnKindOf(spec.type)) return column;
  const rows = {
    rowCount: table.rowCount,
    firstRow,
    read: (row: number) => (column === undefined ? null : jsonValue(column, row)),
    fieldsOf: () => [spec.name],
  };
  return buildTable(rows, [spec]).columns.get(spec.name)!;
}

/** A timestamp as the text that says which moment it is; other cells as they are. */
function jsonValue(column: Column, row: number): unknown {
  const value = cellValue(column, row);
  return column.kind === 'timestamp' && value !== null
    ? new Date(value as number).toISOString()
    : value;
}
