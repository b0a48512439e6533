import type { Table } from '@gnu-mlops/core';
import { openArrowWriter } from './arrow/arrow-writer.ts';
import { openAtomicFile } from './atomic-file.ts';
import type { ByteSink } from './byte-source.ts';
import { checkDelimiter } from './check-delimiter.ts';
import { csvWriter } from './csv-writer.ts';
import { gzipSink } from './gzip-sink.ts';
import { jsonLinesWriter } from './json/json-lines-writer.ts';
import { parquetWriter } from './parquet/parquet-writer.ts';
import { delimiterOfName, formatOf, isGzipName } from './table-format.ts';
import type { TableFormat } from './table-source.ts';
import type { TableWriter } from './table-writer.ts';

/** How a table is written. */
export interface TableWriterOptions {
  /** Default: by the name's ending; one in `.gz` packs CSV and JSON lines. */
  readonly format?: TableFormat | undefined;
  /** Of CSV. Default: a comma; a tab where the name ends in `.tsv`. */
  readonly delimiter?: string | undefined;
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
        return parquetWriter(sink);
    }
  } catch (error) {
    await sink.abort();
    throw error;
  }
}
