import { FormatUnknownError } from './format-errors.ts';
import type { TableFormat } from './table-source.ts';

/** All formats, in the order of documentation. */
export const TABLE_FORMATS: readonly TableFormat[] = ['csv', 'jsonl', 'parquet', 'arrow'];

const formatOfEnding: Readonly<Record<string, TableFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.tab': 'csv',
  '.txt': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.parquet': 'parquet',
  '.pq': 'parquet',
  '.arrow': 'arrow',
  '.arrows': 'arrow',
  '.ipc': 'arrow',
  '.feather': 'arrow',
};

/** The format that a path or URI ends in, in any case, `.gz` aside; undefined for any other. */
export function findFormat(name: string): TableFormat | undefined {
  const plain = name.replace(/\.gz$/i, '');
  const ending = /\.[^./\\]+$/.exec(plain)?.[0].toLowerCase();
  return ending === undefined ? undefined : formatOfEnding[ending];
}

/** The format that a path or URI ends in. @throws {FormatUnknownError} listing the known endings. */
export function formatOf(name: string): TableFormat {
  const format = findFormat(name);
  if (format === undefined) throw new FormatUnknownError(name, Object.keys(formatOfEnding));
  return format;
}

/** Whether a path or URI ends in `.gz`. */
export function isGzipName(name: string): boolean {
  return /\.gz$/i.test(name);
}

/** What separates the cells of CSV where the name says it: a tab in `.tsv` and `.tab`. */
export function delimiterOfName(name: string): string | undefined {
  return /\.(tsv|tab)(\.gz)?$/i.test(name) ? '\t' : undefined;
}
