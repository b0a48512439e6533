import {
  CellTypeError,
  type Column,
  type ColumnSpec,
  type Table,
  createColumnBuilder,
  createTable,
} from '@gnu-mlops/core';
import type { ByteSource } from '../byte-source.ts';
import { type CellCollector, collectTables } from '../cell-collector.ts';
import { CellInvalidError } from '../format-errors.ts';
import type { TableReader, TableReaderRequest } from '../table-reader.ts';
import { type JsonColumn, createJsonColumn } from './infer-json-column.ts';
import { type JsonPiece, openJsonPieces } from './json-pieces.ts';
import { cellNamed } from './parse-json-line.ts';

const rowsPerPiece = 1024;

/**
 * Read JSON lines: one object of plain values a line, columns by name in the order of their first
 * appearance, a name that a line does not have being a missing cell. The header is what the first
 * 1,024 lines name, and what is required besides if any line has it. With a signature cells become values by core's `createColumnBuilder`; without one,
 * types are found out from all cells.
 *
 * @throws {JsonLineError}, {CellInvalidError}
 */
export async function openJsonLinesReader(
  origin: string | ByteSource,
  { signature, signal }: TableReaderRequest,
): Promise<TableReader> {
  const source = typeof origin === 'string' ? origin : origin.name;
  const pieces = await openJsonPieces(origin, { wanted: signature, rowsPerPiece, signal });
  return {
    header: pieces.header,
    readTables: (batchRows) =>
      signature === undefined
        ? inferTable(pieces)
        : collectTyped(pieces, { signature, batchRows, source }),
    close: pieces.close,
  };
}

function collectTyped(
  pieces: AsyncIterable<JsonPiece>,
  options: { signature: readonly ColumnSpec[]; batchRows: number; source: string },
): AsyncIterable<Table> {
  const { signature, batchRows, source } = options;
  return collectTables(pieces, batchRows, () =>
    signature.map((spec) => startJsonCells(spec, source)),
  );
}

/** Start a column whose type is known, out of JSON values. */
export function startJsonCells(spec: ColumnSpec, source: string): CellCollector<JsonPiece> {
  const builder = createColumnBuilder(spec);
  const { name, type } = spec;
  return {
    name,
    append({ rows, firstRow }, from, to) {
      for (let i = from; i < to; i++) {
        const value = cellNamed(rows[i]!.cells, name);
        try {
          builder.appendValue(value);
        } catch (cause) {
          if (!(cause instanceof CellTypeError)) throw cause;
          const found = typeof value === 'string' ? JSON.stringify(value) : String(value);
          const cell = { row: firstRow + i + 1, column: name, type, found };
          throw new CellInvalidError(source, cell, { cause });
        }
      }
    },
    finish: (): Column => builder.finish(),
  };
}

async function* inferTable(pieces: AsyncIterable<JsonPiece>): AsyncGenerator<Table> {
  const columns = new Map<string, JsonColumn>();
  let rowCount = 0;
  for await (const { rows } of pieces) {
    for (const { cells } of rows) {
      for (const name of Object.keys(cells)) {
        if (columns.has(name)) continue;
        const column = createJsonColumn();
        column.pushMissing(rowCount);
        columns.set(name, column);
      }
      for (const [name, column] of columns) column.push(cellNamed(cells, name));
      rowCount++;
    }
  }
  yield createTable(
    Array.from(columns, ([name, column]) => [name, column.finish()] as const),
    rowCount,
  );
}
