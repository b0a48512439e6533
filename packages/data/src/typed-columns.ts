import { type ColumnSpec, type SignatureType, type Table } from '@gnu-mlops/core';
import { createTable, nearestName } from '@gnu-mlops/core';
import { type ColumnFiller, createColumnFiller } from './column-filler.ts';
import type { CsvSource } from './csv-source.ts';
import { ColumnMissingError, type InvalidCell } from './errors.ts';
import { type FieldBatch, cellText } from './field-batch.ts';

/** One column of a file with a known type, and the filler that collects it. */
export interface TypedColumn {
  readonly name: string;
  readonly type: SignatureType;
  /** Where the column stands in the file, from 0; -1: it does not, and all its cells are missing. */
  readonly index: number;
  readonly filler: ColumnFiller;
}

/**
 * Start collecting the columns of a signature, of some `rowsExpected` rows.
 *
 * @throws {ColumnMissingError} naming the nearest column of the file, when a required one is absent.
 */
export function startColumns(
  source: CsvSource,
  specs: readonly ColumnSpec[],
  rowsExpected = source.rowsExpected,
): TypedColumn[] {
  return specs.map(({ name, type, required }) => {
    const index = source.header.indexOf(name);
    if (index < 0 && required) {
      throw new ColumnMissingError(source.path, name, nearestName(name, source.header));
    }
    return { name, type, index, filler: createColumnFiller(type, rowsExpected) };
  });
}

/**
 * Append a batch's cells to some columns. A cell that is no value of its column's type is missing
 * there.
 *
 * @returns the invalid cells in the order of the file.
 */
export function appendCells(columns: readonly TypedColumn[], batch: FieldBatch): InvalidCell[] {
  const invalid: { row: number; cell: InvalidCell }[] = [];
  for (const { name, type, index, filler } of columns) {
    if (index < 0) {
      filler.appendMissing(batch.rowCount);
      continue;
    }
    let row = filler.append(batch, index, 0);
    while (row < batch.rowCount) {
      const text = cellText(batch, index * batch.rowCapacity + row);
      invalid.push({ row, cell: { line: batch.lines[row]!, column: name, type, text } });
      filler.appendMissing(1);
      row = filler.append(batch, index, row + 1);
    }
  }
  return invalid.sort((a, b) => a.row - b.row).map(({ cell }) => cell);
}

/** The table of the cells so far. The columns must not be used afterwards. */
export function finishColumns(columns: readonly TypedColumn[], rowCount: number): Table {
  const named = columns.map(({ name, filler }) => [name, filler.finish()] as const);
  return createTable(named, rowCount);
}
