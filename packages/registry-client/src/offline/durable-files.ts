import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ArtifactContent, ArtifactDigest } from '../entities.ts';
import { makeFolder } from '../make-folder.ts';
import { translateFileError } from '../sqlite/sqlite-errors.ts';
import { syncFolder } from '../sqlite/sync-folder.ts';

/** Make a folder and its parents, and make sure that they stay. */
export async function makeFolderDurably(folder: string): Promise<void> {
  for (const made of await makeFolder(folder)) await syncFolder(dirname(made));
}

/** Write a new file, wait until its bytes are on the disk, and say what they are. */
export async function writeDurably(
  path: string,
  content: ArtifactContent,
): Promise<ArtifactDigest> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const file = await open(path, 'wx');
  try {
    for await (const piece of content instanceof Uint8Array ? [content] : content) {
      hash.update(piece);
      sizeBytes += piece.length;
      await file.appendFile(piece);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sizeBytes, sha256: hash.digest('hex') };
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
