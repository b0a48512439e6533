import { resolve } from 'node:path';
import { exactPattern, quoteText } from './sql-text.ts';

/**
 * What stands behind FROM for Parquet files, whose rows follow each other. They have the columns that
 * stand in them: what the folders above are called (`year=2020`) is none.
 */
export function parquetRelation(paths: readonly string[]): string {
  return `read_parquet(${parquetFiles(paths)}, hive_partitioning = false)`;
}

/** Files as a list in SQL. */
export function parquetFiles(paths: readonly string[]): string {
  return `[${paths.map((path) => quoteText(exactPattern(resolve(path)))).join(', ')}]`;
}
