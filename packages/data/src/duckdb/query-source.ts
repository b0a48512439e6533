import { resolve } from 'node:path';
import { DataOptionError } from '../errors.ts';
import { QueryError } from '../format-errors.ts';
import { type FileSourceOptions, fileSource } from '../file-source.ts';
import { openDeclaredStream, readerSource } from '../reader-source.ts';
import { findFormat } from '../table-format.ts';
import type { TableReader, TableReaderRequest } from '../table-reader.ts';
import type { ParquetCopies, TableSource } from '../table-source.ts';
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
 * nothing else, no other file and no network. Parquet is scanned where it lies, or in a copy that is
 * there while the query is read where it lies on another machine; any other source is read whole by its
 * own reader, so that a cell means the same in a query as elsewhere.
 *
 * @throws {QueryError} while reading, for what DuckDB refuses; {QueryMemoryError} where it needs more
 *   memory than `memoryLimitBytes` and has no room elsewhere; {PackageMissingError}.
 */
export function querySource(options: QueryOptions): TableSource {
  const { name = 'query' } = options;
  const about = { name, uri: `query:${name}`, sourceType: 'code' };
  return {
    ...readerSource(about, (request) => openQueryReader(options, request)),
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
  const scanned = await findParquet(options, request.signal);
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
  const paths = [...scanned.pathsOf.values()].flat();
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
  try {
    for (const [table, files] of scanned.pathsOf) {
      const view = `CREATE VIEW ${quoteName(table)} AS SELECT * FROM ${parquetRelation(files)}`;
      await db.connection.run(view);
    }
    await loadTables(db, options, { scanned, signal: request.signal });
    await checkOneSelect(db, statement);
  } catch (error) {
    db.close();
    throw failure(error);
  }
  try {
    const sql = limit === '' ? `(${statement}\n)` : `(SELECT * FROM (${statement}\n)${limit})`;
    const reader = await openRelationReader(db, { source: name, sql }, request);
    return guardReader(reader, failure);
  } catch (error) {
    throw failure(error);
  }
}

/** The tables that DuckDB reads itself, and copies of files that are there for it. */
interface ScannedTables {
  readonly pathsOf: ReadonlyMap<string, readonly string[]>;
  remove(): Promise<void>;
}

async function findParquet(
  { tables, files }: QueryOptions,
  signal: AbortSignal | undefined,
): Promise<ScannedTables> {
  const pathsOf = new Map<string, readonly string[]>();
  const copies: ParquetCopies[] = [];
  const remove = async () => {
    for (const copy of copies) await copy.remove();
  };
  try {
    for (const [table, source] of Object.entries(tables)) {
      if (isParquetPath(source, files)) {
        await checkReadable(source);
        pathsOf.set(table, [source]);
      } else if (typeof source !== 'string') {
        const copy = await source.copyParquet?.(signal);
        if (copy === undefined) continue;
        copies.push(copy);
        pathsOf.set(table, copy.paths);
      }
    }
    return { pathsOf, remove };
  } catch (error) {
    await remove();
    throw error;
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
  {
    scanned,
    signal,
  }: { readonly scanned: ScannedTables; readonly signal: AbortSignal | undefined },
): Promise<void> {
  for (const [name, origin] of Object.entries(tables)) {
    if (scanned.pathsOf.has(name)) continue;
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
