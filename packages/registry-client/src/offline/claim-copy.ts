import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withFileErrors } from './durable-files.ts';
import { OfflineDamagedError } from './offline-errors.ts';
import { syncFolder } from '../sqlite/sync-folder.ts';

/**
 * The id of the run that an offline run became, if anybody has noted it.
 *
 * @param path of the note, in the offline run's folder.
 * @throws {OfflineDamagedError | StoreUnavailableError}
 */
export async function readClaim(path: string): Promise<string | undefined> {
  const text = await withFileErrors(path, () => readFile(path, 'utf8').catch(undefinedIfMissing));
  return text === undefined ? undefined : runIdIn(text, path);
}

function undefinedIfMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

function runIdIn(text: string, path: string): string {
  try {
    const { runId } = JSON.parse(text) as { readonly runId?: unknown };
    if (typeof runId === 'string') return runId;
  } catch {
    // Not even JSON.
  }
  throw new OfflineDamagedError(
    path,
    'this note does not say which run it became. Remove the note, and the run is looked for by its id, or sent anew.',
  );
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
