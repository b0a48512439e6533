import { dirname, resolve } from 'node:path';
import { planAtomicPath } from '../atomic-file.ts';
import { fileError } from '../file-error.ts';
import { FileAccessError } from '../errors.ts';
import type { TableWriter } from '../table-writer.ts';
import { duckDbFailure } from './duckdb-failure.ts';
import { type DuckTable, createDuckTable } from './fill-duck-table.ts';
import { type DuckDbLimits, openDuckDb } from './open-duckdb.ts';
import { quoteName, quoteText } from './sql-text.ts';

/**
 * Write a Parquet file by DuckDB: rows are gathered in memory, and beyond its limit in a hidden folder
 * beside the file; `commit` writes them to a temporary file, fsyncs and renames it.
 *
 * @throws {PackageMissingError}, {QueryMemoryError}, {FolderNotFoundError} and its kin.
 */
export async function openParquetWriter(
  path: string,
  limits: DuckDbLimits = {},
): Promise<TableWriter> {
  const target = await planAtomicPath(path);
  const { spillFolder = dirname(target.temporary) } = limits;
  const written = resolve(target.temporary);
  const db = await openDuckDb('Writing Parquet', [written], { ...limits, spillFolder });
  const { connection } = db;
  let rows: DuckTable | undefined;
  let isDone = false;

  function end(): void {
    isDone = true;
    db.close();
  }

  const failure = (thrown: unknown) =>
    duckDbFailure(thrown, { source: path, ...db }, (cause) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      return new FileAccessError(path, { action: 'write', reason }, { cause });
    });
  return {
    async write(table) {
      try {
        rows ??= await createDuckTable(connection, rowsName, table);
        rows.append(table);
      } catch (error) {
        throw failure(error);
      }
    },
    async commit() {
      try {
        rows?.finish();
        await connection.run(
          `COPY ${quoteName(rowsName)} TO ${quoteText(written)} ` +
            '(FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)',
        );
      } catch (error) {
        throw failure(error);
      } finally {
        end();
      }
      await target.commit();
    },
    async abort() {
      if (!isDone) end();
      await target.abort().catch((error: unknown) => {
        throw fileError(error, path, 'write');
      });
    },
  };
}

const rowsName = 'rows';
