import { DataOptionError } from '../errors.ts';
import { formatOf } from '../table-format.ts';
import { extendArrow } from './extend-arrow.ts';
import { extendCsv } from './extend-csv.ts';
import { extendJsonLines } from './extend-json-lines.ts';
import { extendParquet } from './extend-parquet.ts';
import type { ExtendOptions, ExtensionTarget, TableExtension } from './table-extension.ts';

/**
 * Read a file in chunks and write it again, in its own format, with columns added. What is in the file
 * is not touched: CSV rows and JSON lines are copied byte for byte, with their delimiter, line endings,
 * byte order mark and gzip; columns of Parquet and Arrow keep types that no table has.
 *
 * @param target an empty file, say; it is not committed here.
 * @throws {FormatUnknownError}, {ColumnMissingError}, and what the format's reader throws.
 */
export async function extendTable(
  path: string,
  target: ExtensionTarget,
  options: ExtendOptions,
): Promise<TableExtension> {
  const { batchRows, decimals } = options;
  if (!Number.isSafeInteger(batchRows) || batchRows < 1) {
    throw new DataOptionError('batchRows', 'a whole number, at least 1');
  }
  if (decimals !== undefined && !(Number.isInteger(decimals) && decimals >= 0 && decimals <= 15)) {
    throw new DataOptionError('decimals', 'a whole number from 0 to 15');
  }
  switch (formatOf(path)) {
    case 'csv':
      return extendCsv(path, target, options);
    case 'jsonl':
      return extendJsonLines(path, target, options);
    case 'arrow':
      return extendArrow(path, target, options);
    case 'parquet':
      return extendParquet(path, target, options);
  }
}
