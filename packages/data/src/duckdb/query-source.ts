import { resolve } from 'node:path';
import { type Column, type Table, createColumnBuilder, createTable } from '@gnu-mlops/core';
import { DataOptionError } from '../errors.ts';
import { QueryError } from '../format-errors.ts';
import { type FileSourceOptions, fileSource } from '../file-source.ts';
import { inferColumns } from '../inference/infer-columns.ts';
import { openDeclaredStream, readerSource } from '../reader-source.ts';
import { findFormat } from '../table-format.ts';
import type { TableReader, TableReaderRequest } from '../table-reader.ts';
import type { CopiedSource, TableSource } from '../table-source.ts';
import { checkReadable } from './check-readable.ts';
import { duckDbFailure } from './duckdb-failure.ts';
import { fillDuckTable } from './fill-duck-table.ts';
import { guardReader } from './guard-reader.ts';
import { type DuckDb, type DuckDbLimits, openDuckDb } from './open-duckdb.ts';
import { parquetRelation } from './parquet-relation.ts';
import { openRelationReader } from './relation-reader.ts';
import { quoteName } from './sql-text.ts';
import { findWideDecimals } from './wide-decimals.ts';

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
  const scanned = await gatherTables(options, request.signal);
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
      const refused = await findWideDecimals(db.connection, files);
      const names = Array.from(refused.keys(), quoteName).join(', ');
      const columns = names === '' ? '*' : `* EXCLUDE (${names})`;
      const view = `CREATE VIEW ${quoteName(table)} AS SELECT ${columns} FROM ${parquetRelation(files)}`;
      await db.connection.run(view);
    }
    await loadTables(db, scanned, request.signal);
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

/** The tables by who reads them, and copies of files that are there for it. */
interface ScannedTables {
  /** Parquet, which DuckDB reads itself. */
  readonly pathsOf: ReadonlyMap<string, readonly string[]>;
  /** Any other files of this machine. */
  readonly files: ReadonlyMap<string, TableSource>;
  /** What is no file. */
  readonly others: ReadonlyMap<string, TableSource>;
  remove(): Promise<void>;
}

async function gatherTables(
  { tables, files: options }: QueryOptions,
  signal: AbortSignal | undefined,
): Promise<ScannedTables> {
  const pathsOf = new Map<string, readonly string[]>();
  const files = new Map<string, TableSource>();
  const others = new Map<string, TableSource>();
  const copies: CopiedSource[] = [];
  const remove = async () => {
    for (const copy of copies) await copy.remove();
  };
  try {
    for (const [table, source] of Object.entries(tables)) {
      if (isParquetPath(source, options)) {
        await checkReadable(source);
        pathsOf.set(table, [source]);
      } else if (typeof source === 'string') files.set(table, fileSource(source, options));
      else if (source.copyHere === undefined) others.set(table, source);
      else {
        const copy = await source.copyHere(signal);
        copies.push(copy);
        if (copy.parquet === undefined) files.set(table, copy.source);
        else pathsOf.set(table, copy.parquet);
      }
    }
    return { pathsOf, files, others, remove };
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

/** Put the tables that DuckDB does not read itself into it: files piece by piece. */
async function loadTables(
  db: DuckDb,
  { files, others }: ScannedTables,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const [name, source] of files) {
    const tables = readPieces(source, signal);
    await fillDuckTable(db.connection, name, tables);
  }
  for (const [name, source] of others) {
    const { table } = await source.read({ signal });
    await fillDuckTable(db.connection, name, [table]);
  }
}

const batchRows = 4096;

/** A file's rows with the kinds that reading the whole of it gives; at least one table. */
async function* readPieces(
  source: TableSource,
  signal: AbortSignal | undefined,
): AsyncGenerator<Table> {
  const { signature, wholeColumns } = await inferColumns(source, { signal });
  const whole = new Set(wholeColumns);
  yield createTable(
    signature.map((spec) => [spec.name, asWhole(createColumnBuilder(spec).finish(), spec.name)]),
    0,
  );
  for await (const { table } of await source.open({ signature, batchRows, signal })) {
    const columns = Array.from(
      table.columns,
      ([name, column]) => [name, asWhole(column, name)] as const,
    );
    yield createTable(columns, table.rowCount);
  }

  function asWhole(column: Column, name: string): Column {
    const isWhole = whole.has(name) && column.kind === 'numeric';
    return isWhole ? { kind: 'integer', values: column.values } : column;
  }
}

/** Only a single SELECT may stand in the parentheses that the query is put into. */
async function checkOneSelect({ connection }: DuckDb, statement: string): Promise<void> {
  const statements = await connection.extractStatements(statement);
  if (statements.count !== 1) throw new Error('it must be one statement');
}
