import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withFileErrors } from './durable-files.ts';
import { syncFolder } from '../sqlite/sync-folder.ts';

/**
 * The id of the run that an offline run became, if anybody has noted it.
 *
 * @param path of the note, in the offline run's folder.
 */
export async function readClaim(path: string): Promise<string | undefined> {
  try {
    return (JSON.parse(await readFile(path, 'utf8')) as { readonly runId: string }).runId;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Note which run an offline run became, unless somebody has noted another.
 *
 * @returns what is noted: of several who note at the same time, all get the same.
 */
export async function claimCopy(path: string, note: { readonly runId: string }): Promise<string> {
  const temporary = join(dirname(path), `.${randomUUID()}`);
  return withFileErrors(path, async () => {
    try {
      await writeFile(temporary, `${JSON.stringify(note)}\n`, { flush: true });
      // Unlike a rename, it replaces nothing.
      await link(temporary, path);
      await syncFolder(dirname(path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      await rm(temporary, { force: true });
    }
    return (await readClaim(path)) ?? note.runId;
  });
}
