import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { planAtomicPath } from '../atomic-file.ts';
import { fileError } from '../file-error.ts';
import { FileAccessError } from '../errors.ts';
import type { TableWriter } from '../table-writer.ts';
import { temporaryName } from '../temporary-name.ts';
import { type DuckTable, createDuckTable } from './fill-duck-table.ts';
import { type DuckDbLimits, openDuckDb } from './open-duckdb.ts';
import { quoteName, quoteText } from './sql-text.ts';

/**
 * Write a Parquet file by DuckDB: rows are gathered in memory, and beyond its limit in a hidden folder
 * beside the file; `commit` writes them to a temporary file, fsyncs and renames it.
 *
 * @throws {PackageMissingError}, {FolderNotFoundError} and its kin.
 */
export async function openParquetWriter(
  path: string,
  limits: DuckDbLimits = {},
): Promise<TableWriter> {
  const target = await planAtomicPath(path);
  const spillFolder =
    limits.spillFolder ?? join(dirname(target.temporary), temporaryName('spill', randomUUID()));
  const written = resolve(target.temporary);
  const db = await openDuckDb('Writing Parquet', [written], { ...limits, spillFolder });
  const { connection } = db;
  let rows: DuckTable | undefined;
  let isDone = false;

  async function end(): Promise<void> {
    isDone = true;
    db.close();
    if (limits.spillFolder === undefined) await rm(spillFolder, { recursive: true, force: true });
  }
  return {
    async write(table) {
      rows ??= await createDuckTable(connection, rowsName, table);
      rows.append(table);
    },
    async commit() {
      try {
        rows?.finish();
        await connection.run(
          `COPY ${quoteName(rowsName)} TO ${quoteText(written)} ` +
            '(FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)',
        );
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new FileAccessError(path, { action: 'write', reason }, { cause });
      } finally {
        await end();
      }
      await target.commit();
    },
    async abort() {
      if (!isDone) await end();
      await target.abort().catch((error: unknown) => {
        throw fileError(error, path, 'write');
      });
    },
  };
}

const rowsName = 'rows';
