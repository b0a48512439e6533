import { type Table, isGnuMlopsError } from '@gnu-mlops/core';
import { createSampleTable, digestTable, makeFolderOf, readCsv, writeCsv } from '@gnu-mlops/data';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePath } from './free-path.ts';
import type { SampleData } from './quickstart-options.ts';

/** A generated data set on the disk. */
export interface SampleFile {
  readonly path: string;
  readonly target: string;
  /** False when an earlier run had made it already. */
  readonly isNew: boolean;
}

/**
 * Write a generated data set to a file named after its kind, rows and seed. One that is there
 * already is used. One of that name with other rows is somebody's work and kept: the new file gets a
 * number then.
 */
export async function makeSampleFile(folder: string, sample: SampleData): Promise<SampleFile> {
  const { table, target } = createSampleTable(sample);
  const name = `${sample.kind}-${sample.rows}-rows-seed-${sample.seed}.csv`;
  await makeFolderOf(join(folder, name));
  const path = await freePath(
    folder,
    name,
    async (candidate) => existsSync(candidate) && !(await holdsRows(candidate, table)),
  );
  const isNew = !existsSync(path);
  if (isNew) await writeCsv(path, table);
  return { path, target, isNew };
}

/** What cannot be read as a table is somebody's, too. */
async function holdsRows(path: string, table: Table): Promise<boolean> {
  try {
    const found = await readCsv(path);
    return digestTable(found.table) === digestTable(table);
  } catch (error) {
    if (isGnuMlopsError(error)) return false;
    throw error;
  }
}
