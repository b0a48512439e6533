import { readdir } from 'node:fs/promises';
import { findFormat } from '@gnu-mlops/data';
import { InputFolderUnreadableError } from './errors.ts';

/** Names that programs give to files that they have not finished: `~$a.csv`, `a.part.csv`. */
const temporaryName = /^~|\.(?:tmp|temp|part|partial|filepart|crdownload)\.[a-z]+(?:\.gz)?$/i;

/**
 * The names of the files in a folder that tables are read from, sorted by code points: CSV, JSON lines,
 * Parquet and Arrow by their endings, `.txt` aside. Folders, links, hidden files and files that a program has not finished are left out; folders
 * inside the folder are not searched.
 *
 * @throws {InputFolderUnreadableError}
 */
export async function findWaitingFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && isWaitingName(entry.name))
      .map((entry) => entry.name)
      .sort();
  } catch (cause) {
    throw new InputFolderUnreadableError(folder, cause);
  }
}

function isWaitingName(name: string): boolean {
  const isTable = findFormat(name) !== undefined && !/\.txt(\.gz)?$/i.test(name);
  return isTable && !name.startsWith('.') && !temporaryName.test(name);
}
