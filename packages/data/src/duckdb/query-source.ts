import { resolve } from 'node:path';
import type { SkippedRows } from '../csv-source.ts';
import { DataOptionError } from '../errors.ts';
import { QueryError } from '../format-errors.ts';
import type { FileSourceOptions } from '../file-source.ts';
import { openDeclaredStream, readerSource } from '../reader-source.ts';
import type { TableReader, TableReaderRequest } from '../table-reader.ts';
import type { TableSource } from '../table-source.ts';
import { duckDbFailure } from './duckdb-failure.ts';
import { type ScannedTables, gatherTables } from './gather-tables.ts';
import { guardReader } from './guard-reader.ts';
import { loadTables } from './load-tables.ts';
import { type DuckDb, type DuckDbLimits, openDuckDb } from './open-duckdb.ts';
import { openRelationReader } from './relation-reader.ts';

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
 * nothing else, no other file and no network. Parquet is scanned where it lies; any other source is read
 * by its own reader, so that a cell means the same in a query as elsewhere: files in two passes, which
 * need no memory but DuckDB's, and what is no file as a whole. Files of other machines are copied to
 * their `temporaryFolder` for as long as the query is read.
 *
 * @throws {QueryError} while reading, for what DuckDB refuses; {ColumnDuplicateError} for columns of a
 *   table that are the same to SQL; {QueryMemoryError} where it needs more memory than
 *   `memoryLimitBytes` and has no room elsewhere; {PackageMissingError}.
 */
export function querySource(options: QueryOptions): TableSource {
  const { name = 'query', sql, tables } = options;
  const about = { name, uri: `query:${name}`, sourceType: 'code' };
  const places = Object.entries(tables).map(
    ([table, source]) => [table, typeof source === 'string' ? source : source.uri] as const,
  );
  return {
    ...readerSource(about, (request) => openQueryReader(options, request)),
    sourceDetails: { sql, tables: Object.fromEntries(places) },
    openDeclared: ({ mostRows, ...wanted }) =>
      openDeclaredStream(
        about.uri,
        (request) => openQueryReader(options, request, mostRows),
        wanted,
      ),
  };
}

async function openQueryReader(
  options: QueryOptions,
  request: TableReaderRequest,
  mostRows?: number,
): Promise<TableReader> {
  const statement = options.sql.trim().replace(/;\s*$/, '');
  if (statement === '') throw new DataOptionError('sql', 'a SELECT');
  const scanned = await gatherTables(options.tables, options.files, request.signal);
  try {
    const limit = mostRows === undefined ? '' : ` LIMIT ${Math.floor(mostRows)}`;
    const query = { statement, limit, scanned };
    const reader = await openOverParquet(options, request, query);
    return { ...reader, close: () => reader.close().finally(scanned.remove) };
  } catch (error) {
    await scanned.remove();
    throw error;
  }
}

interface AskedQuery {
  readonly statement: string;
  /** Goes behind it; begins with a blank, if there is one. */
  readonly limit: string;
  readonly scanned: ScannedTables;
}

async function openOverParquet(
  options: QueryOptions,
  request: TableReaderRequest,
  { statement, limit, scanned }: AskedQuery,
): Promise<TableReader> {
  const { sql: _sql, tables: _tables, name = 'query', ...limits } = options;
  const paths = Array.from(scanned.parquet.values(), (files) => files.paths).flat();
  const db = await openDuckDb(
    'A query',
    paths.map((path) => resolve(path)),
    limits,
  );
  const failure = (thrown: unknown) =>
    duckDbFailure(
      thrown,
      { source: name, signal: request.signal, ...db },
      (error) => new QueryError(error),
    );
  let skippedRows: SkippedRows;
  try {
    skippedRows = await loadTables(db, scanned, request.signal);
    await checkOneSelect(db, statement);
  } catch (error) {
    db.close();
    throw failure(error);
  }
  try {
    const sql = limit === '' ? `(${statement}\n)` : `(SELECT * FROM (${statement}\n)${limit})`;
    const reader = await openRelationReader(db, { source: name, sql }, request);
    return guardReader({ ...reader, skippedRows }, failure);
  } catch (error) {
    throw failure(error);
  }
}

/**
 * Only a single SELECT may stand in the parentheses that the query is put into. It is looked at without
 * them first, so that DuckDB speaks of what the caller wrote and of nothing else.
 */
async function checkOneSelect({ connection }: DuckDb, statement: string): Promise<void> {
  const statements = await connection.extractStatements(statement);
  if (statements.count !== 1) throw new Error('it must be one statement');
  const { StatementType } = await import('@duckdb/node-api');
  const prepared = await statements.prepare(0);
  const { statementType } = prepared;
  prepared.destroySync();
  if (statementType !== StatementType.SELECT) throw new Error('it must be a SELECT');
}
