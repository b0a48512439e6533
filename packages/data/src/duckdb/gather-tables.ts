import { type FileSourceOptions, fileSource } from '../file-source.ts';
import { findFormat } from '../table-format.ts';
import type { CopiedSource, TableSource } from '../table-source.ts';
import { checkReadable } from './check-readable.ts';

/** Parquet on this machine that is one table. */
export interface ParquetFiles {
  readonly paths: readonly string[];
  /** What messages call it. */
  readonly source: string;
}

/** The tables by who reads them, and copies of files that are there for it. */
export interface ScannedTables {
  /** Parquet, which DuckDB reads itself. */
  readonly parquet: ReadonlyMap<string, ParquetFiles>;
  /** Any other files of this machine. */
  readonly files: ReadonlyMap<string, TableSource>;
  /** What is no file. */
  readonly others: ReadonlyMap<string, TableSource>;
  remove(): Promise<void>;
}

/** Sort the tables that a query names, and copy those that lie elsewhere, until they are removed. */
export async function gatherTables(
  tables: Readonly<Record<string, string | TableSource>>,
  options: FileSourceOptions | undefined,
  signal: AbortSignal | undefined,
): Promise<ScannedTables> {
  const parquet = new Map<string, ParquetFiles>();
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
        parquet.set(table, { paths: [source], source });
      } else if (typeof source === 'string') files.set(table, fileSource(source, options));
      else if (source.copyHere === undefined) others.set(table, source);
      else {
        const copy = await source.copyHere(signal);
        copies.push(copy);
        if (copy.parquet === undefined) files.set(table, copy.source);
        else parquet.set(table, { paths: copy.parquet, source: source.uri });
      }
    }
    return { parquet, files, others, remove };
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
