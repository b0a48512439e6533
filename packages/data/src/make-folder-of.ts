import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FolderNotFoundError } from './errors.ts';
import { fileError } from './file-error.ts';

/**
 * Make the folder that a file is to stand in, and those above it, where they are not there.
 *
 * @throws DATA_FOLDER_NOT_FOUND where a file stands in its place, DATA_FILE_FORBIDDEN,
 * DATA_FILE_ACCESS_FAILED; each names `path`.
 */
export async function makeFolderOf(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
  } catch (cause) {
    const isFile = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    throw isFile ? new FolderNotFoundError(path, { cause }) : fileError(cause, path, 'write');
  }
}
