import {
  CellTypeError,
  type Column,
  type ColumnSpec,
  type Table,
  cellValue,
  columnKindOf,
  columnLength,
  createColumnBuilder,
  createTable,
  formatTimestamp,
  nearestName,
} from '@gnu-mlops/core';
import { ColumnMissingError } from './errors.ts';
import { CellInvalidError } from './format-errors.ts';

/** Where rows come from, for messages. */
export interface RowOrigin {
  readonly source: string;
  /** The number of the table's first row among the source's, from 0. */
  readonly firstRow: number;
}

/**
 * The columns of a signature, in its order and types. Cells become other types as core's
 * `createColumnBuilder` says, so that a value means the same from every kind of file. A column that is
 * absent and not required has missing cells only.
 *
 * @throws {ColumnMissingError} naming the nearest column.
 * @throws {CellInvalidError} naming row and column.
 */
export function conformTable(
  table: Table,
  signature: readonly ColumnSpec[],
  origin: RowOrigin,
): Table {
  return createTable(
    signature.map((spec) => {
      const column = table.columns.get(spec.name);
      if (column !== undefined) return [spec.name, conformColumn(column, spec, origin)] as const;
      checkHeader([...table.columns.keys()], [spec], origin.source);
      return [spec.name, missingColumn(spec, table.rowCount)] as const;
    }),
    table.rowCount,
  );
}

/** @throws {ColumnMissingError} unless all required columns are there. */
export function checkHeader(
  header: readonly string[],
  signature: readonly ColumnSpec[],
  source: string,
): void {
  for (const { name, required } of signature) {
    if (required && !header.includes(name)) {
      throw new ColumnMissingError(source, name, nearestName(name, header));
    }
  }
}

/** One column with cells of the type that `spec` names. @throws {CellInvalidError} */
export function conformColumn(column: Column, spec: ColumnSpec, origin: RowOrigin): Column {
  const kind = columnKindOf(spec.type);
  if (column.kind === kind) return column;
  if (kind === 'categorical' && column.kind === 'text') return column;
  if (kind === 'numeric' && column.kind === 'integer') return { ...column, kind };
  const builder = createColumnBuilder(spec);
  const isTime = column.kind === 'timestamp';
  for (let row = 0, end = columnLength(column); row < end; row++) {
    const value = cellValue(column, row);
    try {
      builder.appendValue(isTime && value !== null ? formatTimestamp(value as number) : value);
    } catch (cause) {
      if (!(cause instanceof CellTypeError)) throw cause;
      const cell = { row: origin.firstRow + row + 1, column: spec.name, type: spec.type };
      throw new CellInvalidError(
        origin.source,
        { ...cell, found: JSON.stringify(value) },
        { cause },
      );
    }
  }
  return builder.finish();
}

function missingColumn(spec: ColumnSpec, rowCount: number): Column {
  const builder = createColumnBuilder(spec);
  for (let row = 0; row < rowCount; row++) builder.appendMissing();
  return builder.finish();
}
