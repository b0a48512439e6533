import { type ColumnSpec, type SignatureType, type Table, createTable } from '@gnu-mlops/core';
import { categoricalOrText } from './categorical-or-text.ts';
import { closable } from './closable.ts';
import { type RowOrigin, checkHeader, conformColumn, conformTable } from './conform-table.ts';
import { DataOptionError } from './errors.ts';
import { type ColumnTypeFinder, createColumnTypeFinder } from './inference/column-type-finder.ts';
import {
  type InferColumnsOptions,
  type InferredColumns,
  inferredColumns,
} from './inference/inferred-columns.ts';
import type { OpenTableReader, TableReader } from './table-reader.ts';
import type {
  OpenDeclaredOptions,
  OpenTableOptions,
  ReadTableOptions,
  TableChunk,
  TableRead,
  TableSource,
  TableStream,
} from './table-source.ts';

const noSkippedRows = { count: 0, lines: [] };

/** A table source out of what opens readers; messages call it by its URI. */
export function readerSource(
  about: Pick<TableSource, 'name' | 'uri' | 'sourceType'>,
  openReader: OpenTableReader,
): TableSource {
  return {
    ...about,
    read: (options = {}) => readWhole(about.uri, openReader, options),
    open: (options) => openStream(about.uri, openReader, options),
    inferColumns: (options = {}) => inferReaderColumns(about.uri, openReader, options),
  };
}

async function readWhole(
  source: string,
  openReader: OpenTableReader,
  { signature, columnTypes, signal }: ReadTableOptions,
): Promise<TableRead> {
  if (signature !== undefined && columnTypes !== undefined) {
    throw new DataOptionError('columnTypes', 'left out where a signature gives all types');
  }
  const reader = await openReader({ signature, signal });
  try {
    checkHeader(reader.header, signature ?? [], source);
    const table = await firstTable(reader);
    const read =
      signature === undefined
        ? retypeColumns(table, columnTypes ?? {}, { source, firstRow: 0 })
        : conformTable(table, signature, { source, firstRow: 0 });
    return { table: read, skippedRows: reader.skippedRows ?? noSkippedRows };
  } finally {
    await reader.close();
  }
}

/** With no limit of rows, the first table is the only one. */
async function firstTable(reader: TableReader): Promise<Table> {
  for await (const table of reader.readTables(Number.POSITIVE_INFINITY)) return table;
  return createTable([], 0);
}

function retypeColumns(
  table: Table,
  columnTypes: Readonly<Record<string, SignatureType>>,
  origin: RowOrigin,
): Table {
  const specs = Object.entries(columnTypes).map(([name, type]) => ({ name, type, required: true }));
  checkHeader([...table.columns.keys()], specs, origin.source);
  const specOf = new Map(specs.map((spec) => [spec.name, spec]));
  return createTable(
    Array.from(table.columns, ([name, column]) => {
      const spec = specOf.get(name);
      if (spec !== undefined) return [name, conformColumn(column, spec, origin)] as const;
      return [name, column.kind === 'categorical' ? categoricalOrText(column) : column] as const;
    }),
    table.rowCount,
  );
}

const inferredRows = 8192;

async function inferReaderColumns(
  source: string,
  openReader: OpenTableReader,
  options: InferColumnsOptions,
): Promise<InferredColumns> {
  const { signal } = options;
  const reader = await openReader({ signature: undefined, signal });
  const finders = new Map<string, ColumnTypeFinder>();
  let rowCount = 0;
  try {
    for (const name of reader.header) finders.set(name, createColumnTypeFinder());
    for await (const { columns, rowCount: rows } of reader.readTables(inferredRows)) {
      rowCount += rows;
      for (const [name, column] of columns) finders.get(name)!.see(column);
    }
  } finally {
    await reader.close();
  }
  return inferredColumns(finders, rowCount, { ...options, source });
}

/**
 * Read in chunks what an opened reader has, by the types that it declares. Tables of it have the same
 * kinds one after the other, strings aside.
 */
export async function openDeclaredStream(
  source: string,
  openReader: OpenTableReader,
  { columnTypes = {}, batchRows, signal }: Omit<OpenDeclaredOptions, 'mostRows'>,
): Promise<TableStream> {
  checkBatchRows(batchRows);
  const reader = await openReader({ signature: undefined, signal });
  async function* read(): AsyncGenerator<TableChunk> {
    let firstRow = 0;
    try {
      for await (const piece of reader.readTables(batchRows)) {
        yield { table: retypeColumns(piece, columnTypes, { source, firstRow }), firstRow };
        firstRow += piece.rowCount;
      }
    } finally {
      await reader.close();
    }
  }
  return {
    header: reader.header,
    skippedRows: reader.skippedRows ?? noSkippedRows,
    ...closable(read, reader.close, signal),
  };
}

function checkBatchRows(batchRows: number): void {
  if (!Number.isSafeInteger(batchRows) || batchRows < 1) {
    throw new DataOptionError('batchRows', 'a whole number, at least 1');
  }
}

async function openStream(
  source: string,
  openReader: OpenTableReader,
  { signature, batchRows, signal }: OpenTableOptions,
): Promise<TableStream> {
  checkBatchRows(batchRows);
  const reader = await openReader({ signature, signal });
  try {
    checkHeader(reader.header, signature, source);
  } catch (error) {
    await reader.close();
    throw error;
  }
  return {
    header: reader.header,
    skippedRows: reader.skippedRows ?? noSkippedRows,
    ...closable(() => readChunks(reader, { signature, batchRows, source }), reader.close, signal),
  };
}

async function* readChunks(
  reader: TableReader,
  options: { signature: readonly ColumnSpec[]; batchRows: number; source: string },
): AsyncGenerator<TableChunk> {
  const { signature, batchRows, source } = options;
  let firstRow = 0;
  try {
    for await (const piece of reader.readTables(batchRows)) {
      if (piece.rowCount === 0) continue;
      yield { table: conformTable(piece, signature, { source, firstRow }), firstRow };
      firstRow += piece.rowCount;
    }
  } finally {
    await reader.close();
  }
}
