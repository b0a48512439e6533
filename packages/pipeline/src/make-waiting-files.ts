import { type Table, dropColumns, sliceRows, takeRows } from '@gnu-mlops/core';
import { createSampleTable, makeFolderOf, writeCsv } from '@gnu-mlops/data';
import { existsSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { freePath } from './free-path.ts';
import type { PreparedTable } from './prepare-training-table.ts';
import type { QuickstartOptions } from './quickstart-options.ts';
import type { RegisteredTraining } from './train-prepared.ts';

const newSampleRows = 200;
const fileCount = 2;

/** What waiting files are made of. */
export interface WaitingFilesRequest {
  readonly inputFolder: string;
  /** Milliseconds since the epoch; the time of change that the files get. */
  readonly changedAt: number;
  readonly data: QuickstartOptions['data'];
  readonly prepared: PreparedTable;
  readonly training: Pick<RegisteredTraining, 'report' | 'version'>;
}

/**
 * Put two files into the input folder that wait to be scored: of rows that the generator makes from
 * the next seed, or of the rows that were held out of the caller's data. Neither were trained on, and
 * neither have the target.
 *
 * @returns their paths.
 */
export async function makeWaitingFiles(request: WaitingFilesRequest): Promise<string[]> {
  const { inputFolder, data, prepared, training } = request;
  const rows =
    data.kind === 'own'
      ? takeRows(prepared.table, training.report.split.test)
      : createSampleTable({ kind: data.kind, rows: newSampleRows, seed: data.seed + 1 }).table;
  const waiting = dropColumns(rows, [prepared.target]);
  const paths: string[] = [];
  for (const [index, part] of divideRows(waiting).entries()) {
    const name = `waiting-v${training.version.version}-part-${index + 1}.csv`;
    await makeFolderOf(join(inputFolder, name));
    const path = await freePath(inputFolder, name, existsSync);
    await writeCsv(path, part);
    await utimes(path, request.changedAt / 1000, request.changedAt / 1000);
    paths.push(path);
  }
  return paths;
}

/** Parts of nearly equal size, in order; none of them empty. */
function divideRows(table: Table): Table[] {
  const rowsPerFile = Math.max(1, Math.ceil(table.rowCount / fileCount));
  const parts: Table[] = [];
  for (let start = 0; start < table.rowCount; start += rowsPerFile) {
    parts.push(sliceRows(table, start, start + rowsPerFile));
  }
  return parts;
}
