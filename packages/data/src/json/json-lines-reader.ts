import {
  CellTypeError,
  type Column,
  type ColumnSpec,
  type Table,
  createColumnBuilder,
  createTable,
} from '@gnu-mlops/core';
import type { ByteReader } from '../byte-reader.ts';
import type { ByteSource } from '../byte-source.ts';
import { type CellCollector, type RowPiece, collectTables } from '../cell-collector.ts';
import { fileError } from '../file-error.ts';
import { CellInvalidError } from '../format-errors.ts';
import { openPlainBytes } from '../open-plain-bytes.ts';
import type { TableReader, TableReaderRequest } from '../table-reader.ts';
import { type JsonColumn, createJsonColumn } from './infer-json-column.ts';
import { type JsonRow, parseJsonLine } from './parse-json-line.ts';
import { readLines } from './read-lines.ts';

/** Some rows, and the number of the first one, from 0. */
interface JsonPiece extends RowPiece {
  readonly firstRow: number;
  readonly rows: readonly JsonRow[];
}

const rowsPerPiece = 1024;

/**
 * Read JSON lines: one object of plain values a line, columns by name in the order of their first
 * appearance, a name that a line does not have being a missing cell. The header is what the first
 * 1,024 lines name. With a signature cells become
 * values by core's `createColumnBuilder`; without one, types are found out from all cells.
 *
 * @throws {JsonLineError}, {CellInvalidError}
 */
export async function openJsonLinesReader(
  origin: string | ByteSource,
  { signature, signal }: TableReaderRequest,
): Promise<TableReader> {
  const source = typeof origin === 'string' ? origin : origin.name;
  let reader: ByteReader;
  try {
    reader = await openPlainBytes(origin, signal);
  } catch (error) {
    throw fileError(error, source, 'read');
  }
  try {
    const pieces = readPieces(reader, source);
    const first = await pieces.next();
    const seen = first.done ? [] : first.value.rows.flatMap((row) => Object.keys(row));
    const all = startAgain(first, pieces);
    return {
      header: [...new Set(seen)],
      readTables: (batchRows) =>
        signature === undefined
          ? inferTable(all)
          : collectTyped(all, { signature, batchRows, source }),
      close: () => reader.close(),
    };
  } catch (error) {
    await reader.close();
    throw fileError(error, source, 'read');
  }
}

async function* readPieces(reader: ByteReader, source: string): AsyncGenerator<JsonPiece> {
  let rows: JsonRow[] = [];
  let firstRow = 0;
  for await (const line of readLines(reader, source)) {
    rows.push(parseJsonLine(line, source));
    if (rows.length < rowsPerPiece) continue;
    yield { rows, rowCount: rows.length, firstRow };
    firstRow += rows.length;
    rows = [];
  }
  if (rows.length > 0) yield { rows, rowCount: rows.length, firstRow };
}

async function* startAgain<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>) {
  if (first.done) return;
  yield first.value;
  yield* rest;
}

function collectTyped(
  pieces: AsyncIterable<JsonPiece>,
  options: { signature: readonly ColumnSpec[]; batchRows: number; source: string },
): AsyncIterable<Table> {
  const { signature, batchRows, source } = options;
  return collectTables(pieces, batchRows, () => signature.map((spec) => startCells(spec, source)));
}

function startCells(spec: ColumnSpec, source: string): CellCollector<JsonPiece> {
  const builder = createColumnBuilder(spec);
  const { name, type } = spec;
  return {
    name,
    append({ rows, firstRow }, from, to) {
      for (let i = from; i < to; i++) {
        const value = rows[i]![name];
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
    for (const row of rows) {
      for (const name of Object.keys(row)) {
        if (columns.has(name)) continue;
        const column = createJsonColumn();
        column.pushMissing(rowCount);
        columns.set(name, column);
      }
      for (const [name, column] of columns) column.push(row[name] ?? null);
      rowCount++;
    }
  }
  yield createTable(
    Array.from(columns, ([name, column]) => [name, column.finish()] as const),
    rowCount,
  );
}
