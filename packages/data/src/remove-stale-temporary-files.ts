import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError } from './file-error.ts';
import { isTemporaryName } from './temporary-name.ts';

/** Which temporary files are stale. */
export interface StaleFileOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** A file that was not written to for this long is stale; longer than any write takes. */
  readonly olderThanMs: number;
}

/**
 * Remove the temporary files, and folders, that writers left in a folder when they died.
 *
 * @returns the names of the removed files.
 * @throws DATA_FILE_NOT_FOUND when there is no such folder, DATA_FILE_FORBIDDEN.
 */
export async function removeStaleTemporaryFiles(
  folder: string,
  { now, olderThanMs }: StaleFileOptions,
): Promise<string[]> {
  const removed: string[] = [];
  try {
    for (const name of (await readdir(folder)).filter(isTemporaryName)) {
      const path = join(folder, name);
      // Its writer may have committed or aborted it since the folder was listed.
      const found = await stat(path).catch(() => undefined);
      if (found === undefined || now - found.mtimeMs < olderThanMs) continue;
      await rm(path, { recursive: true, force: true });
      removed.push(name);
    }
  } catch (error) {
    throw fileError(error, folder, 'read');
  }
  return removed.sort();
}
