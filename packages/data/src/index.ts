export { type AtomicFile, openAtomicFile, writeFileAtomic } from './atomic-file.ts';
export type { ByteSink, ByteSource, ByteStream } from './byte-source.ts';
export { type ColumnSchema, describeColumns } from './column-schema.ts';
export type { CsvDialect, SkippedRows } from './csv-source.ts';
export { type DatabricksCredentials } from './databricks/access-token.ts';
export {
  DatabricksForbiddenError,
  DatabricksNameError,
  DatabricksNotFoundError,
  DatabricksPrecisionError,
  DatabricksRequestError,
  DatabricksUnavailableError,
} from './databricks/databricks-errors.ts';
export { databricksFileTableSource } from './databricks/databricks-file-table-source.ts';
export {
  type DatabricksFileEntry,
  type DatabricksFileOptions,
  databricksFileSource,
  deleteDatabricksFile,
  listDatabricksFolder,
  openDatabricksFile,
} from './databricks/databricks-files.ts';
export {
  type DatabricksRows,
  databricksTableSource,
} from './databricks/databricks-table-source.ts';
export { isDatabricksPath } from './databricks/file-path.ts';
export type { Warehouse } from './databricks/open-statement.ts';
export {
  type DatabricksWorkspace,
  type WorkspaceOptions,
  type WorkspaceRequest,
  openDatabricksWorkspace,
} from './databricks/open-workspace.ts';
export { type DatabricksTableName, parseTableName } from './databricks/table-name.ts';
export type { BeforeAfter, ColumnChange } from './diff/column-change.ts';
export {
  type DiffOptions,
  type TableDiff,
  type TypedName,
  diffTables,
} from './diff/diff-tables.ts';
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
export { extendTable } from './extend/extend-table.ts';
export type { ExtendOptions, ExtensionTarget, TableExtension } from './extend/table-extension.ts';
export type { RowBytes } from './extend/row-frame.ts';
export { type FileSourceOptions, bytesSource, fileSource } from './file-source.ts';
export {
  CellInvalidError,
  ColumnDuplicateError,
  ColumnNestedError,
  FileDamagedError,
  FormatUnknownError,
  GzipError,
  JsonLineError,
  PackageMissingError,
  QueryError,
} from './format-errors.ts';
export { formatCsvRow, quoteCsvField } from './format-csv.ts';
export { type JsonCell, jsonRowAt } from './json/json-cell.ts';
export { type CsvChunk, type CsvStream, type OpenCsvOptions, openCsv } from './open-csv.ts';
export {
  type TableWriterOptions,
  openBytesWriter,
  openTableWriter,
  writeTable,
} from './open-table-writer.ts';
export { QueryMemoryError } from './duckdb/query-memory-error.ts';
export { type QueryOptions, querySource } from './duckdb/query-source.ts';
export type { DuckDbLimits } from './duckdb/open-duckdb.ts';
export { openTable, readTable } from './read-table.ts';
export { TABLE_FORMATS, findFormat, formatOf, isGzipName } from './table-format.ts';
export type { TableWriter } from './table-writer.ts';
export { makeFolderOf } from './make-folder-of.ts';
export { type CsvTable, type ReadCsvOptions, readCsv } from './read-csv.ts';
export { inferColumns } from './inference/infer-columns.ts';
export type { InferColumnsOptions, InferredColumns } from './inference/inferred-columns.ts';
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
export { type SampleRowsOptions, sampleRows } from './sample/sample-rows.ts';
export { sampleSource } from './sample/sample-source.ts';
export { PartsDifferError } from './parts-errors.ts';
export { listS3Objects } from './s3/list-s3-objects.ts';
export { openS3Connection } from './s3/open-s3-connection.ts';
export type {
  S3Connection,
  S3ConnectionOptions,
  S3Credentials,
  S3Entry,
  S3Part,
} from './s3/s3-connection.ts';
export {
  S3ForbiddenError,
  S3NotFoundError,
  S3RegionError,
  S3RequestError,
  S3UnavailableError,
  S3UriError,
} from './s3/s3-errors.ts';
export { type S3SinkOptions, s3ObjectSink } from './s3/s3-object-sink.ts';
export { s3ObjectSource } from './s3/s3-object-source.ts';
export { s3TableSource } from './s3/s3-table-source.ts';
export { type S3Location, formatS3Uri, isS3Uri, parseS3Uri } from './s3/s3-uri.ts';
export type {
  CopiedSource,
  OpenDeclaredOptions,
  OpenTableOptions,
  ReadTableOptions,
  TableChunk,
  TableFormat,
  TableRead,
  TableSource,
  TableStream,
} from './table-source.ts';
export { type WriteCsvOptions, writeCsv } from './write-csv.ts';
