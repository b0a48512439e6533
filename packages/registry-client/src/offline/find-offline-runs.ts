import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OfflineDamagedError } from './offline-errors.ts';
import { offlineLayout } from './offline-layout.ts';

/**
 * The folders of the offline runs that a folder holds, or is one of.
 *
 * @throws {OfflineDamagedError} where there is no such folder.
 */
export async function findOfflineRuns(folder: string): Promise<string[]> {
  if (await hasJournal(folder)) return [folder];
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    throw new OfflineDamagedError(folder, 'it is no folder that can be read.', { cause });
  }
  const found: string[] = [];
  for (const name of names.sort()) {
    if (await hasJournal(join(folder, name))) found.push(join(folder, name));
  }
  return found;
}

async function hasJournal(folder: string): Promise<boolean> {
  return stat(offlineLayout(folder).journal).then(
    (found) => found.isFile(),
    () => false,
  );
}
