import { dirname } from 'node:path';
import { makeFolder } from '../make-folder.ts';
import { translateFileError } from '../sqlite/sqlite-errors.ts';
import { syncFolder } from '../sqlite/sync-folder.ts';

/** Make a folder and its parents, and make sure that they stay. */
export async function makeFolderDurably(folder: string): Promise<void> {
  for (const made of await makeFolder(folder)) await syncFolder(dirname(made));
}

/** What the work gives; where the file system refuses it, our error for that. */
export async function withFileErrors<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // What comes from elsewhere, as where content is read from, may have codes too.
    const isOfFiles = error instanceof Error && 'syscall' in error;
    throw isOfFiles ? translateFileError(error, path) : error;
  }
}
