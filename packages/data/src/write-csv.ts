import type { Table } from '@gnu-mlops/core';
import { openAtomicFile } from './atomic-file.ts';
import { checkDelimiter } from './check-delimiter.ts';
import { csvWriter } from './csv-writer.ts';
import { gzipSink } from './gzip-sink.ts';
import { isGzipName } from './table-format.ts';

/** How a table is written. */
export interface WriteCsvOptions {
  /** Default: a comma. */
  readonly delimiter?: string;
}

/**
 * Write a table as a CSV file with a header: UTF-8, line feeds, cells quoted only where they must be,
 * missing cells empty; packed with gzip where the name ends in `.gz`. The file appears as a whole or
 * not at all.
 *
 * @throws DATA_FOLDER_NOT_FOUND, DATA_NOT_A_FILE, DATA_FILE_FORBIDDEN, DATA_FILE_ACCESS_FAILED,
 * DATA_OPTION_INVALID
 */
export async function writeCsv(
  path: string,
  table: Table,
  { delimiter = ',' }: WriteCsvOptions = {},
): Promise<void> {
  checkDelimiter(delimiter);
  const file = await openAtomicFile(path);
  const writer = csvWriter(isGzipName(path) ? gzipSink(file) : file, delimiter);
  try {
    await writer.write(table);
    await writer.commit();
  } finally {
    await writer.abort();
  }
}
