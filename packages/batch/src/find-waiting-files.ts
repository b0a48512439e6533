import { readdir } from 'node:fs/promises';
import { InputFolderUnreadableError } from './errors.ts';

const csvName = /\.csv$/i;
/** Names that programs give to files that they have not finished: `~$a.csv`, `a.part.csv`. */
const temporaryName = /^~|\.(?:tmp|temp|part|partial|filepart|crdownload)\.csv$/i;

/**
 * The names of the CSV files in a folder, sorted by code points. Folders, links, hidden files,
 * files without the ending `.csv` and files that a program has not finished are left out; folders
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
  return csvName.test(name) && !name.startsWith('.') && !temporaryName.test(name);
}
