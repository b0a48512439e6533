import { type FileWords, fileSettings } from '@gnu-mlops/app-runtime';
import type { Table } from '@gnu-mlops/core';
import { readTable } from '@gnu-mlops/data';
import type { CommandContext } from './command-context.ts';
import { pathToRead } from './files.ts';
import { formatQuantity } from './render/figures.ts';

/** Read a file that the person names, and say how many of its rows were left out. */
export async function readGivenTable(
  context: CommandContext,
  file: string,
  reading: FileWords,
): Promise<Table> {
  const path = pathToRead(context.terminal.cwd, file);
  const { table, skippedRows } = await readTable(path, fileSettings(reading));
  const { count } = skippedRows;
  if (count > 0) {
    const rows = formatQuantity(count, 'row');
    context.note(`Left out ${rows} of ${file} with more or fewer cells than the header.`);
  }
  return table;
}
