import { copyFile, open, rename, rm, stat, unlink, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FileIdentity, isUnchanged, readFileIdentity } from './file-identity.ts';

/**
 * What became of the wish to archive a file. `taken`: the archive has another file of that name.
 * `replaced`: another file waits at the path by now, and was left there.
 */
export type ArchiveOutcome = 'archived' | 'taken' | 'replaced';

/**
 * Move a scored file to the archive, by renaming it or, from one device to another, by copying it
 * whole before it is deleted. No archived file is overwritten. Done again after a crash, it goes on
 * where it was.
 *
 * @throws the file system's error.
 */
export async function archiveFile(
  identity: FileIdentity,
  archivePath: string,
): Promise<ArchiveOutcome> {
  if (await isArchivedAs(identity, archivePath)) {
    if (await isUnchanged(identity)) await unlink(identity.path);
    return 'archived';
  }
  if (!(await isUnchanged(identity))) return 'replaced';
  if (!(await holdName(archivePath))) return 'taken';
  let isArchived = false;
  try {
    isArchived = await move(identity, archivePath);
  } finally {
    if (!isArchived) await rm(archivePath, { force: true });
  }
  return isArchived ? 'archived' : 'replaced';
}

/** @returns whether the file was still the scored one when it was moved. */
async function move(identity: FileIdentity, archivePath: string): Promise<boolean> {
  try {
    await rename(identity.path, archivePath);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    return moveByCopy(identity, archivePath);
  }
  if (await isUnchanged({ ...identity, path: archivePath })) return true;
  // Replaced in the instant before the rename: the new file has not been scored, so it waits again.
  await rename(archivePath, identity.path);
  return false;
}

/** Whether the archive has exactly that content under that name, from a try that was cut short. */
async function isArchivedAs(identity: FileIdentity, archivePath: string): Promise<boolean> {
  try {
    if ((await stat(archivePath)).size !== identity.sizeBytes) return false;
    return (await readFileIdentity(archivePath))?.digest === identity.digest;
  } catch {
    return false;
  }
}

/** Occupy a name with an empty file, or take over one that a killed process left there. */
async function holdName(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return (await stat(path)).size === 0;
  }
}

async function moveByCopy(identity: FileIdentity, archivePath: string): Promise<boolean> {
  const temporary = join(dirname(archivePath), `.${identity.digest}.tmp`);
  const { atime, mtime } = await stat(identity.path);
  await copyFile(identity.path, temporary);
  await utimes(temporary, atime, mtime);
  const copy = await open(temporary, 'r+');
  try {
    await copy.sync();
  } finally {
    await copy.close();
  }
  if (!(await isUnchanged(identity))) {
    await rm(temporary);
    return false;
  }
  await rename(temporary, archivePath);
  await unlink(identity.path);
  return true;
}
