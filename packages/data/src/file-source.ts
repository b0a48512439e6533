import { basename } from 'node:path';
import { openArrowReader } from './arrow/arrow-reader.ts';
import type { ByteSource } from './byte-source.ts';
import { csvTableSource } from './csv-table-source.ts';
import type { CsvDialect } from './csv-source.ts';
import { openParquetReader } from './duckdb/parquet-reader.ts';
import type { DuckDbLimits } from './duckdb/open-duckdb.ts';
import { inferJsonColumns } from './inference/infer-json-columns.ts';
import { openJsonLinesReader } from './json/json-lines-reader.ts';
import { readerSource } from './reader-source.ts';
import { spoolBytes } from './spool-bytes.ts';
import { formatOf } from './table-format.ts';
import type { TableFormat, TableSource } from './table-source.ts';

/** How a file becomes a table. */
export interface FileSourceOptions
  extends Pick<CsvDialect, 'delimiter' | 'onRaggedRow'>, DuckDbLimits {
  /** Default: by the name's ending. gzip is told by the first bytes, whatever the name. */
  readonly format?: TableFormat | undefined;
  /** Where Parquet is put that lies elsewhere than on this machine, while it is read. */
  readonly temporaryFolder?: string | undefined;
}

/**
 * A file as a table source: CSV, JSON lines, Parquet or Arrow IPC.
 *
 * @throws {FormatUnknownError} when neither the name nor `options` tells the format.
 */
export function fileSource(path: string, options: FileSourceOptions = {}): TableSource {
  const about = { name: basename(path), uri: path, sourceType: 'local' };
  return bytesTableSource(path, about, options);
}

/** Any stored bytes as a table source, such as an object of a bucket. */
export function bytesSource(
  bytes: ByteSource,
  about: Pick<TableSource, 'sourceType'>,
  options: FileSourceOptions = {},
): TableSource {
  const name = bytes.name.replace(/\/+$/, '').split('/').at(-1)!;
  const named = { ...about, name, uri: bytes.name };
  const source = bytesTableSource(bytes, named, options);
  if (bytes.path !== undefined) return source;
  return {
    ...source,
    async copyHere(signal) {
      const { path, remove } = await spoolBytes(bytes, options.temporaryFolder, signal);
      const copy = bytesTableSource({ ...bytes, path }, named, options);
      const isParquet = (options.format ?? formatOf(bytes.name)) === 'parquet';
      return { source: copy, ...(isParquet && { parquet: [path] }), remove };
    },
  };
}

function bytesTableSource(
  origin: string | ByteSource,
  about: Pick<TableSource, 'name' | 'uri' | 'sourceType'>,
  options: FileSourceOptions,
): TableSource {
  switch (options.format ?? formatOf(about.uri)) {
    case 'csv':
      return csvTableSource(origin, about, options);
    case 'jsonl':
      return {
        ...readerSource(about, (request) => openJsonLinesReader(origin, request)),
        inferColumns: (wanted = {}) => inferJsonColumns(origin, wanted),
      };
    case 'arrow':
      return readerSource(about, (request) => openArrowReader(origin, request));
    case 'parquet':
      return readerSource(about, (request) => openParquetReader(origin, request, options));
  }
}
