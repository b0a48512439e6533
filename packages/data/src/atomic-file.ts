import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { NotAFileError } from './errors.ts';
import { fileError } from './file-error.ts';
import { temporaryName } from './temporary-name.ts';

/** A file that is being written and that nobody sees under its name before `commit`. */
export interface AtomicFile {
  /** Append text, as UTF-8, or bytes. */
  write(chunk: string | Uint8Array): Promise<void>;
  /**
   * Put the file in its place, safe against power loss: what stood there before is replaced as a
   * whole. Nothing may be written afterwards.
   */
  commit(): Promise<void>;
  /** Remove what was written; what stands in the file's place stays. After `commit` it does nothing. */
  abort(): Promise<void>;
}

/**
 * Start writing a file that appears as a whole or not at all. The bytes go to a temporary file of its
 * own in the same folder, so that two writers of one file do not clash: the last to commit wins. A
 * process that dies leaves such a temporary file behind; see `removeStaleTemporaryFiles`. A file that
 * is replaced keeps its permissions; where it is a symbolic link, what it points to is replaced, or made.
 * Pipes and devices are refused: to rename a file onto one would do away with it.
 *
 * @throws DATA_FOLDER_NOT_FOUND, DATA_NOT_A_FILE, DATA_FILE_FORBIDDEN, DATA_FILE_ACCESS_FAILED; each
 * names `path`, here and in the methods.
 */
export async function openAtomicFile(path: string): Promise<AtomicFile> {
  return withFileErrors(path, async () => {
    const target = await followLinks(path);
    const replaced = await stat(target).catch(() => undefined);
    if (replaced?.isDirectory()) throw new NotAFileError(path, 'folder');
    if (replaced?.isFile() === false) throw new NotAFileError(path, 'pipe or device');
    const temporary = join(dirname(target), temporaryName(basename(target), randomUUID()));
    const file = await open(temporary, 'wx', replaced === undefined ? 0o666 : 0o600);
    if (replaced !== undefined) await file.chmod(replaced.mode & 0o777);
    return atomicFile({ path, target, temporary, file });
  });
}

/** Write a whole file that appears as a whole or not at all; see {@link openAtomicFile}. */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const file = await openAtomicFile(path);
  try {
    await file.write(content);
    await file.commit();
  } finally {
    await file.abort();
  }
}

function atomicFile(options: {
  path: string;
  target: string;
  temporary: string;
  file: FileHandle;
}): AtomicFile {
  const { path, target, temporary, file } = options;
  let isCommitted = false;

  return {
    write: (chunk) => withFileErrors(path, () => file.writeFile(chunk)),
    commit: () =>
      withFileErrors(path, async () => {
        await file.sync();
        await file.close();
        await rename(temporary, target);
        isCommitted = true;
        await syncFolder(dirname(target));
      }),
    abort: () =>
      withFileErrors(path, async () => {
        await file.close();
        if (!isCommitted) await rm(temporary, { force: true });
      }),
  };
}

/** Where a path leads to, though nothing need be there yet. */
async function followLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const next = await readlink(path).catch(() => undefined);
  if (next === undefined) return path;
  // A step up leads out of the folder that the link lies in, whatever links lead to that.
  return followLinks(resolve(await realpath(dirname(path)), next));
}

/** Make the new name of a file last. Windows knows no such thing and refuses to open a folder. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function withFileErrors<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(error, path, 'write');
  }
}
