import { randomUUID } from 'node:crypto';
import { type FileHandle, link, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { withFileErrors } from './durable-files.ts';
import { OfflineDamagedError } from './offline-errors.ts';
import { syncFolder } from '../sqlite/sync-folder.ts';

/** How a file system says that it has no hard links: Windows by EISDIR. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR', 'EMLINK'];

/** So often is a note read again that may still be in the making. */
const MOST_LOOKS = 20;
const BETWEEN_LOOKS_MS = 25;

/**
 * The id of the run that an offline run became, if anybody has noted it.
 *
 * @param path of the note, in the offline run's folder.
 * @throws {OfflineDamagedError | StoreUnavailableError}
 */
export async function readClaim(path: string): Promise<string | undefined> {
  for (let looks = 1; ; looks++) {
    const text = await withFileErrors(path, () => readFile(path, 'utf8').catch(undefinedIfMissing));
    if (text === undefined) return undefined;
    // Without links a note is written in place, and whoever writes it may be about to finish it.
    if (text.endsWith('\n') || looks === MOST_LOOKS) return runIdIn(text, path);
    await setTimeout(BETWEEN_LOOKS_MS);
  }
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

/** What a file system may not do. */
export interface NoteFiles {
  readonly link: (from: string, to: string) => Promise<void>;
  readonly open: (path: string, flags: 'wx') => Promise<FileHandle>;
}

/**
 * Note which run an offline run became, unless somebody has noted another.
 *
 * @param files default: those of the system.
 * @returns what is noted: of several who note at the same time, all get the same.
 */
export async function claimCopy(
  path: string,
  note: { readonly runId: string },
  files: NoteFiles = { link, open },
): Promise<string> {
  const temporary = join(dirname(path), `.${randomUUID()}`);
  return withFileErrors(path, async () => {
    try {
      const text = `${JSON.stringify(note)}\n`;
      await writeFile(temporary, text, { flush: true });
      await writeNew(path, { text, temporary }, files);
      await syncFolder(dirname(path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      await rm(temporary, { force: true });
    }
    return (await readClaim(path)) ?? note.runId;
  });
}

/** Unlike a rename, this replaces nothing: EEXIST where the file is there. */
async function writeNew(
  path: string,
  { text, temporary }: { readonly text: string; readonly temporary: string },
  files: NoteFiles,
): Promise<void> {
  try {
    await files.link(temporary, path);
  } catch (error) {
    if (!NO_LINKS.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    const file = await files.open(path, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
    } catch (failure) {
      // Half a note, as on a full disk, would stand in everybody's way.
      await rm(path, { force: true });
      throw failure;
    } finally {
      await file.close();
    }
  }
}
