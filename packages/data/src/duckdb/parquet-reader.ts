import { resolve } from 'node:path';
import type { ByteSource } from '../byte-source.ts';
import { FileDamagedError } from '../format-errors.ts';
import { spoolBytes } from '../spool-bytes.ts';
import type { TableReader, TableReaderRequest } from '../table-reader.ts';
import { checkReadable } from './check-readable.ts';
import { duckDbFailure } from './duckdb-failure.ts';
import { guardReader } from './guard-reader.ts';
import { type DuckDbLimits, openDuckDb } from './open-duckdb.ts';
import { openRelationReader } from './relation-reader.ts';
import { parquetColumns } from './parquet-columns.ts';
import { parquetRelation } from './parquet-relation.ts';

/**
 * Read Parquet by DuckDB, which needs a file of this machine: bytes from elsewhere are put into
 * `temporaryFolder` while they are read.
 *
 * @throws {PackageMissingError}, {FileDamagedError}, {ColumnDuplicateError}, {ColumnNestedError},
 * {CellInvalidError}, {DataOptionError} where `temporaryFolder` is needed and left out.
 */
export async function openParquetReader(
  origin: string | ByteSource,
  request: TableReaderRequest,
  options: DuckDbLimits & { readonly temporaryFolder?: string | undefined } = {},
): Promise<TableReader> {
  const source = typeof origin === 'string' ? origin : origin.name;
  const path = typeof origin === 'string' ? origin : origin.path;
  if (path === undefined) {
    const spooled = await spoolBytes(origin as ByteSource, options.temporaryFolder, request.signal);
    try {
      const reader = await openFile({ path: spooled.path, source }, request, options);
      const close = () => reader.close().finally(spooled.remove);
      return { ...reader, close };
    } catch (error) {
      await spooled.remove();
      throw error;
    }
  }
  await checkReadable(path);
  return openFile({ path, source }, request, options);
}

async function openFile(
  { path, source }: { readonly path: string; readonly source: string },
  request: TableReaderRequest,
  limits: DuckDbLimits,
): Promise<TableReader> {
  const db = await openDuckDb('Reading Parquet', [resolve(path)], limits);
  const failure = (thrown: unknown) =>
    duckDbFailure(
      thrown,
      { source, signal: request.signal, ...db },
      (error) => new FileDamagedError(source, 'Parquet', error),
    );
  try {
    const [columns = []] = await parquetColumns(db.connection, [path]).catch((error: unknown) => {
      db.close();
      throw error;
    });
    const relation = { source, sql: parquetRelation([path]), isStored: true, columns };
    const reader = await openRelationReader(db, relation, request);
    return guardReader(reader, failure);
  } catch (error) {
    throw failure(error);
  }
}
