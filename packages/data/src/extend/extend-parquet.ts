import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type DuckTable, createDuckTable } from '../duckdb/fill-duck-table.ts';
import { openDuckDb } from '../duckdb/open-duckdb.ts';
import { openParquetReader, parquetRelation } from '../duckdb/parquet-reader.ts';
import { quoteText } from '../duckdb/sql-text.ts';
import { checkHeader, conformTable } from '../conform-table.ts';
import type { ExtendOptions, ExtensionTarget, TableExtension } from './table-extension.ts';

/**
 * Parquet: DuckDB reads the signature's columns, keeps the added ones, and at the end writes the
 * file's own columns, as they are, and the added ones side by side.
 */
export async function extendParquet(
  path: string,
  target: ExtensionTarget,
  { signature, batchRows, signal }: ExtendOptions,
): Promise<TableExtension> {
  const reader = await openParquetReader(path, { signature, signal });
  const written = resolve(target.path);
  const spillFolder = `${written}.spill`;
  let added: DuckTable | undefined;
  let db: Awaited<ReturnType<typeof openDuckDb>>;
  try {
    checkHeader(reader.header, signature, path);
    db = await openDuckDb('Writing Parquet', [resolve(path), written], { spillFolder });
  } catch (error) {
    await reader.close();
    throw error;
  }
  let isOpen = true;
  return {
    header: reader.header,
    async *[Symbol.asyncIterator]() {
      let firstRow = 0;
      for await (const table of reader.readTables(batchRows)) {
        if (table.rowCount === 0) continue;
        yield { table: conformTable(table, signature, { source: path, firstRow }), firstRow };
        firstRow += table.rowCount;
      }
    },
    async write(table) {
      added ??= await createDuckTable(db.connection, addedName, table);
      added.append(table);
    },
    async finish() {
      added?.finish();
      await db.connection.run(
        `COPY (SELECT own.*, ${addedName}.* FROM ${parquetRelation(path)} AS own ` +
          `POSITIONAL JOIN ${addedName}) TO ${quoteText(written)} ` +
          '(FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)',
      );
    },
    async close() {
      await reader.close();
      if (!isOpen) return;
      isOpen = false;
      db.close();
      await rm(spillFolder, { recursive: true, force: true });
    },
  };
}

const addedName = 'added_columns';
