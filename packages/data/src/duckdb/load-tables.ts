import { type Column, type Table, createColumnBuilder, createTable } from '@gnu-mlops/core';
import { type SkippedRowsTotal, addSkippedRows } from '../add-skipped-rows.ts';
import { checkNamesDifferInSql } from '../check-names.ts';
import type { SkippedRows } from '../csv-source.ts';
import { inferColumns } from '../inference/infer-columns.ts';
import type { TableSource } from '../table-source.ts';
import { fillDuckTable } from './fill-duck-table.ts';
import type { ParquetFiles, ScannedTables } from './gather-tables.ts';
import type { DuckDb } from './open-duckdb.ts';
import { parquetColumns } from './parquet-columns.ts';
import { parquetRelation } from './parquet-relation.ts';
import { quoteName } from './sql-text.ts';

/**
 * Let a query see its tables: Parquet where it lies; DuckDB takes in the others, files piece by piece.
 *
 * @returns the rows that were left out of all of them.
 * @throws {ColumnDuplicateError} for columns of a table that are the same to SQL.
 */
export async function loadTables(
  db: DuckDb,
  { parquet, files, others }: ScannedTables,
  signal: AbortSignal | undefined,
): Promise<SkippedRows> {
  const skipped: SkippedRowsTotal = { count: 0, lines: [] };
  for (const [name, source] of parquet) await createParquetView(db, name, source);
  for (const [name, source] of files) {
    const tables = readPieces(source, { signal, skipped });
    await fillDuckTable(db.connection, name, tables);
  }
  for (const [name, source] of others) {
    const { table, skippedRows } = await source.read({ signal });
    addSkippedRows(skipped, skippedRows);
    checkNamesDifferInSql([...table.columns.keys()], source.uri);
    await fillDuckTable(db.connection, name, [table]);
  }
  return skipped;
}

/** All columns are seen but those that DuckDB gets wrong. */
async function createParquetView(
  { connection }: DuckDb,
  table: string,
  { paths, source }: ParquetFiles,
): Promise<void> {
  const refused = new Set<string>();
  for (const columns of await parquetColumns(connection, paths)) {
    const header = columns.map(({ name }) => name);
    checkNamesDifferInSql(header, source);
    for (const column of columns) if (column.refused !== undefined) refused.add(column.name);
  }
  const names = Array.from(refused, quoteName).join(', ');
  const seen = names === '' ? '*' : `* EXCLUDE (${names})`;
  await connection.run(
    `CREATE VIEW ${quoteName(table)} AS SELECT ${seen} FROM ${parquetRelation(paths)}`,
  );
}

const batchRows = 4096;

/** A file's rows with the kinds that reading the whole of it gives; at least one table. */
async function* readPieces(
  source: TableSource,
  { signal, skipped }: { signal: AbortSignal | undefined; skipped: SkippedRowsTotal },
): AsyncGenerator<Table> {
  const { signature, wholeColumns } = await inferColumns(source, { signal });
  const header = signature.map(({ name }) => name);
  checkNamesDifferInSql(header, source.uri);
  const whole = new Set(wholeColumns);
  yield createTable(
    signature.map((spec) => [spec.name, asWhole(createColumnBuilder(spec).finish(), spec.name)]),
    0,
  );
  const stream = await source.open({ signature, batchRows, signal });
  for await (const { table } of stream) {
    const columns = Array.from(
      table.columns,
      ([name, column]) => [name, asWhole(column, name)] as const,
    );
    yield createTable(columns, table.rowCount);
  }
  addSkippedRows(skipped, stream.skippedRows);

  function asWhole(column: Column, name: string): Column {
    const isWhole = whole.has(name) && column.kind === 'numeric';
    return isWhole ? { kind: 'integer', values: column.values } : column;
  }
}
