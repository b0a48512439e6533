import { resolve } from 'node:path';
import { DataOptionError } from '../errors.ts';
import { QueryError } from '../format-errors.ts';
import { type FileSourceOptions, fileSource } from '../file-source.ts';
import { readerSource } from '../reader-source.ts';
import { findFormat } from '../table-format.ts';
import type { TableReader, TableReaderRequest } from '../table-reader.ts';
import type { TableSource } from '../table-source.ts';
import { checkReadable } from './check-readable.ts';
import { duckDbFailure } from './duckdb-failure.ts';
import { createDuckTable } from './fill-duck-table.ts';
import { guardReader } from './guard-reader.ts';
import { type DuckDb, type DuckDbLimits, openDuckDb } from './open-duckdb.ts';
import { parquetRelation } from './parquet-reader.ts';
import { openRelationReader } from './relation-reader.ts';
import { quoteName } from './sql-text.ts';

/** A query over named tables. */
export interface QueryOptions extends DuckDbLimits {
  /** One SELECT, in DuckDB's SQL. The order of its rows counts where it has an ORDER BY. */
  readonly sql: string;
  /** What the query may use: a table's name -> a file's path, or any other source. */
  readonly tables: Readonly<Record<string, string | TableSource>>;
  /** What messages and runs call it. Default: `query`. */
  readonly name?: string | undefined;
  /** How the files are read. */
  readonly files?: FileSourceOptions | undefined;
}

/**
 * A table that SQL makes out of others: joins, aggregates, windows. It sees the named tables and
 * nothing else, no other file and no network. Parquet is scanned where it lies; any other source is
 * read whole by its own reader, so that a cell means the same in a query as elsewhere.
 *
 * @throws {QueryError} while reading, for what DuckDB refuses; {QueryMemoryError} where it needs more
 *   memory than `memoryLimitBytes` and has no room elsewhere; {PackageMissingError}.
 */
export function querySource(options: QueryOptions): TableSource {
  const { name = 'query' } = options;
  const about = { name, uri: `query:${name}`, sourceType: 'code' };
  return readerSource(about, (request) => openQueryReader(options, request));
}

async function openQueryReader(
  options: QueryOptions,
  request: TableReaderRequest,
): Promise<TableReader> {
  const { sql, tables, name = 'query', ...limits } = options;
  const statement = sql.trim().replace(/;\s*$/, '');
  if (statement === '') throw new DataOptionError('sql', 'a SELECT');
  const scanned = Object.entries(tables).flatMap(([table, source]) =>
    isParquetPath(source, options.files) ? [{ table, path: source }] : [],
  );
  for (const { path } of scanned) await checkReadable(path);
  const db = await openDuckDb(
    'A query',
    scanned.map(({ path }) => resolve(path)),
    limits,
  );
  const failure = (thrown: unknown) =>
    duckDbFailure(
      thrown,
      { source: name, signal: request.signal, ...db },
      (error) => new QueryError(error),
    );
  try {
    for (const { table, path } of scanned) {
      const view = `CREATE VIEW ${quoteName(table)} AS SELECT * FROM ${parquetRelation(path)}`;
      await db.connection.run(view);
    }
    await loadTables(db, options, request.signal);
    await checkOneSelect(db, statement);
  } catch (error) {
    db.close();
    throw failure(error);
  }
  try {
    const reader = await openRelationReader(db, { source: name, sql: `(${statement}\n)` }, request);
    return guardReader(reader, failure);
  } catch (error) {
    throw failure(error);
  }
}

function isParquetPath(
  source: string | TableSource,
  files: FileSourceOptions | undefined,
): source is string {
  return typeof source === 'string' && (files?.format ?? findFormat(source)) === 'parquet';
}

/** Put the tables that DuckDB does not read itself into it. */
async function loadTables(
  db: DuckDb,
  { tables, files }: QueryOptions,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const [name, origin] of Object.entries(tables)) {
    if (isParquetPath(origin, files)) continue;
    const source = typeof origin === 'string' ? fileSource(origin, files) : origin;
    const { table } = await source.read({ signal });
    const rows = await createDuckTable(db.connection, name, table);
    rows.append(table);
    rows.finish();
  }
}

/** Only a single SELECT may stand in the parentheses that the query is put into. */
async function checkOneSelect({ connection }: DuckDb, statement: string): Promise<void> {
  const statements = await connection.extractStatements(statement);
  if (statements.count !== 1) throw new Error('it must be one statement');
}
