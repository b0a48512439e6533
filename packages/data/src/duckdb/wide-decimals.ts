import type { DuckDBConnection } from '@duckdb/node-api';
import { parquetFiles } from './parquet-relation.ts';
import { wholeText } from './sql-text.ts';

/**
 * Columns of Parquet files whose numbers DuckDB gets wrong: it makes doubles of decimals of more than
 * 38 digits, and those are off by powers of two.
 *
 * @returns their types by their names.
 */
export async function findWideDecimals(
  connection: DuckDBConnection,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const result = await connection.runAndReadAll(
    `SELECT DISTINCT ${wholeText('name')}, precision, scale FROM parquet_schema(${parquetFiles(paths)}) WHERE precision > 38`,
  );
  const columns = result.getRowsJS() as [string, unknown, unknown][];
  return new Map(
    columns.map(([name, digits, scale]) => [name, `DECIMAL(${String(digits)},${String(scale)})`]),
  );
}
