import { copyFile, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { type FileIdentity, isUnchanged, readFileIdentity } from './file-identity.ts';

/**
 * What became of the wish to archive a file. `taken`: the archive has another file of that name.
 * `replaced`: another file waits at the path by now, and was left there.
 */
export type ArchiveOutcome = 'archived' | 'taken' | 'replaced';

/**
 * Move a scored file to the archive, by renaming it or, from one device to another, by copying it
 * whole before it is deleted. No archived file is overwritten. Done again after a crash, it goes on
 * where it was; done by two at once, the file is archived all the same.
 *
 * @param temporary where a copy is made: in the archive, and nobody else's.
 * @throws the file system's error.
 */
export async function archiveFile(
  identity: FileIdentity,
  archivePath: string,
  temporary: string,
): Promise<ArchiveOutcome> {
  if (await isArchivedAs(identity, archivePath)) {
    if (await isUnchanged(identity)) await rm(identity.path, { force: true });
    return 'archived';
  }
  const outcome = await moveToFreeName(identity, archivePath, temporary);
  // Whoever took the lease over may have been faster.
  return outcome !== 'archived' && (await isArchivedAs(identity, archivePath))
    ? 'archived'
    : outcome;
}

async function moveToFreeName(
  identity: FileIdentity,
  archivePath: string,
  temporary: string,
): Promise<ArchiveOutcome> {
  if (!(await isUnchanged(identity))) return 'replaced';
  if (!(await holdName(archivePath))) return 'taken';
  let isArchived = false;
  try {
    isArchived = await move(identity, archivePath, temporary);
  } catch (error) {
    isArchived = await isArchivedAs(identity, archivePath);
    if (!isArchived) throw error;
  } finally {
    if (!isArchived) await dropEmpty(archivePath);
  }
  return isArchived ? 'archived' : 'replaced';
}

/** @returns whether the file was still the scored one when it was moved. */
async function move(
  identity: FileIdentity,
  archivePath: string,
  temporary: string,
): Promise<boolean> {
  try {
    await rename(identity.path, archivePath);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    return moveByCopy(identity, archivePath, temporary);
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

/** Give a name up that is held by an empty file; what has content is an archived file. */
async function dropEmpty(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.size === 0) await rm(path, { force: true });
}

async function moveByCopy(
  identity: FileIdentity,
  archivePath: string,
  temporary: string,
): Promise<boolean> {
  try {
    const { atime, mtime } = await stat(identity.path);
    await copyFile(identity.path, temporary);
    await utimes(temporary, atime, mtime);
    await syncFile(temporary);
    if (!(await isUnchanged(identity))) return false;
    await rename(temporary, archivePath);
    await rm(identity.path, { force: true });
    return true;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function syncFile(path: string): Promise<void> {
  // A copy has the permissions of its original, which may forbid writing; Windows asks for it.
  const file = await open(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
