import type { Table } from '@gnu-mlops/core';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openArrowWriter } from './arrow/arrow-writer.ts';
import { openAtomicFile } from './atomic-file.ts';
import { openByteReader, readPieces } from './byte-reader.ts';
import type { ByteSink } from './byte-source.ts';
import { checkDelimiter } from './check-delimiter.ts';
import { csvWriter } from './csv-writer.ts';
import type { DuckDbLimits } from './duckdb/open-duckdb.ts';
import { openParquetWriter } from './duckdb/parquet-writer.ts';
import { DataOptionError } from './errors.ts';
import { gzipSink } from './gzip-sink.ts';
import { jsonLinesWriter } from './json/json-lines-writer.ts';
import { delimiterOfName, formatOf, isGzipName } from './table-format.ts';
import type { TableFormat } from './table-source.ts';
import type { TableWriter } from './table-writer.ts';
import { temporaryName } from './temporary-name.ts';

/** How a table is written. */
export interface TableWriterOptions extends DuckDbLimits {
  /** Default: by the name's ending; one in `.gz` packs CSV and JSON lines. */
  readonly format?: TableFormat | undefined;
  /** Of CSV. Default: a comma; a tab where the name ends in `.tsv`. */
  readonly delimiter?: string | undefined;
  /** Where Parquet is made that goes elsewhere than to this machine. */
  readonly temporaryFolder?: string | undefined;
}

/**
 * Write a table as a file: CSV, JSON lines, Parquet or Arrow IPC (`.arrows`: its stream format). The
 * file appears as a whole or not at all.
 *
 * @throws {FormatUnknownError}, {PackageMissingError}, {FolderNotFoundError} and its kin.
 */
export async function writeTable(
  path: string,
  table: Table,
  options: TableWriterOptions = {},
): Promise<void> {
  const writer = await openTableWriter(path, options);
  try {
    await writer.write(table);
    await writer.commit();
  } finally {
    await writer.abort();
  }
}

/** Start writing a table that comes in pieces; see {@link writeTable}. */
export async function openTableWriter(
  path: string,
  options: TableWriterOptions = {},
): Promise<TableWriter> {
  const format = options.format ?? formatOf(path);
  if (format === 'parquet') return openParquetWriter(path, options);
  checkDelimiter(options.delimiter ?? ',');
  return openBytesWriter(await openAtomicFile(path), path, { ...options, format });
}

/**
 * Start writing a table to any sink of bytes, such as an upload.
 *
 * @param name what the bytes will be called: its ending tells the format and whether to pack.
 */
export async function openBytesWriter(
  sink: ByteSink,
  name: string,
  options: TableWriterOptions = {},
): Promise<TableWriter> {
  try {
    const format = options.format ?? formatOf(name);
    const packed = isGzipName(name) ? gzipSink(sink) : sink;
    const delimiter = options.delimiter ?? delimiterOfName(name) ?? ',';
    switch (format) {
      case 'csv':
        return csvWriter(packed, delimiter);
      case 'jsonl':
        return jsonLinesWriter(packed);
      case 'arrow':
        return await openArrowWriter(sink, /\.arrows$/i.test(name) ? 'stream' : 'file');
      case 'parquet':
        return await openParquetUpload(sink, name, options);
    }
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

/** DuckDB writes to files only: the file is made first, then sent. */
async function openParquetUpload(
  sink: ByteSink,
  name: string,
  { temporaryFolder, ...limits }: TableWriterOptions,
): Promise<TableWriter> {
  if (temporaryFolder === undefined) {
    throw new DataOptionError('temporaryFolder', `a folder that "${name}" is made in`);
  }
  const path = join(temporaryFolder, temporaryName('upload', randomUUID()));
  const writer = await openParquetWriter(path, limits);
  return {
    write: writer.write,
    async commit() {
      await writer.commit();
      const reader = await openByteReader(path);
      try {
        for await (const piece of readPieces(reader)) await sink.write(piece);
      } finally {
        await reader.close();
        await rm(path, { force: true });
      }
      await sink.commit();
    },
    async abort() {
      await writer.abort();
      await rm(path, { force: true });
      await sink.abort();
    },
  };
}
