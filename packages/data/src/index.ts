export { type AtomicFile, openAtomicFile, writeFileAtomic } from './atomic-file.ts';
export type { ByteSink, ByteSource, ByteStream } from './byte-source.ts';
export { type ColumnSchema, describeColumns } from './column-schema.ts';
export type { CsvDialect, SkippedRows } from './csv-source.ts';
export { type TableDigest, createTableDigest, digestTable } from './digest-table.ts';
export {
  ColumnMissingError,
  CsvCellError,
  CsvEmptyError,
  CsvEncodingError,
  CsvHeaderDuplicateError,
  CsvHeaderEmptyError,
  CsvQuoteError,
  CsvRaggedRowError,
  CsvRowTooLongError,
  DataOptionError,
  FileAccessError,
  FileChangedError,
  FileForbiddenError,
  FileNotFoundError,
  FolderNotFoundError,
  type InvalidCell,
  NotAFileError,
} from './errors.ts';
export { type FileSourceOptions, bytesSource, fileSource } from './file-source.ts';
export {
  CellInvalidError,
  ColumnNestedError,
  FileDamagedError,
  FormatUnknownError,
  GzipError,
  JsonLineError,
  PackageMissingError,
  QueryError,
} from './format-errors.ts';
export { formatCsvRow, quoteCsvField } from './format-csv.ts';
export { type CsvChunk, type CsvStream, type OpenCsvOptions, openCsv } from './open-csv.ts';
export {
  type TableWriterOptions,
  openBytesWriter,
  openTableWriter,
  writeTable,
} from './open-table-writer.ts';
export { type QueryOptions, querySource } from './duckdb/query-source.ts';
export type { DuckDbLimits } from './duckdb/open-duckdb.ts';
export { openTable, readTable } from './read-table.ts';
export { TABLE_FORMATS, findFormat, formatOf, isGzipName } from './table-format.ts';
export type { TableWriter } from './table-writer.ts';
export { type CsvTable, type ReadCsvOptions, readCsv } from './read-csv.ts';
export {
  type StaleFileOptions,
  removeStaleTemporaryFiles,
} from './remove-stale-temporary-files.ts';
export {
  type SampleOptions,
  type SampleTable,
  type SampleTableKind,
  SAMPLE_TABLE_KINDS,
  createSampleTable,
} from './sample/create-sample-table.ts';
export type {
  OpenTableOptions,
  ReadTableOptions,
  TableChunk,
  TableFormat,
  TableRead,
  TableSource,
  TableStream,
} from './table-source.ts';
export { type WriteCsvOptions, writeCsv } from './write-csv.ts';
