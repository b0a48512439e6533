import { type FileWords, fileSettings } from '@gnu-mlops/app-runtime';
import type { ColumnSpec, Table } from '@gnu-mlops/core';
import { readTable } from '@gnu-mlops/data';
import type { CommandContext } from './command-context.ts';
import { pathToRead } from './files.ts';
import { noteSkippedRows } from './note-skipped-rows.ts';

/** How a file is read: what its person says, and the columns where they are known. */
export interface GivenReading extends FileWords {
  readonly signature?: readonly ColumnSpec[];
}

/** A file's table. */
export interface GivenTable {
  readonly table: Table;
  /** Rows that were left out because the person asked for it. */
  readonly skippedRowCount: number;
}

/** Read a file that the person names, and say how many of its rows were left out. */
export async function readGivenTable(
  context: CommandContext,
  file: string,
  { signature, ...words }: GivenReading,
): Promise<GivenTable> {
  const path = pathToRead(context.terminal.cwd, file);
  const { table, skippedRows } = await readTable(path, { ...fileSettings(words), signature });
  noteSkippedRows(context, skippedRows.count, file);
  return { table, skippedRowCount: skippedRows.count };
}
