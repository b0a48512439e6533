import type { Table } from '@gnu-mlops/core';
import { openAtomicFile } from './atomic-file.ts';
import { checkDelimiter } from './check-delimiter.ts';
import { formatCell } from './format-cell.ts';
import { formatCsvRow } from './format-csv.ts';

/** How a table is written. */
export interface WriteCsvOptions {
  /** Default: a comma. */
  readonly delimiter?: string;
}

const flushedCharacters = 262_144;

/**
 * Write a table as a CSV file with a header: UTF-8, line feeds, cells quoted only where they must be,
 * missing cells empty. The file appears as a whole or not at all.
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
  const columns = [...table.columns.values()];
  const file = await openAtomicFile(path);
  try {
    let text = `${formatCsvRow([...table.columns.keys()], delimiter)}\n`;
    for (let row = 0; row < table.rowCount; row++) {
      const cells = columns.map((column) => formatCell(column, row));
      text += `${formatCsvRow(cells, delimiter)}\n`;
      if (text.length > flushedCharacters) {
        await file.write(text);
        text = '';
      }
    }
    await file.write(text);
    await file.commit();
  } finally {
    await file.abort();
  }
}
