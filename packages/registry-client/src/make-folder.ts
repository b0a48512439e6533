import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Make a folder with its parents; one that is there is fine.
 *
 * Step by step, because Node's own `recursive` never returns where the system denies a folder in an
 * existing parent by saying that there is no such file, as below /proc.
 *
 * @returns the folders that were made, outermost first.
 * @throws the error of the operating system.
 */
export async function makeFolder(folder: string): Promise<string[]> {
  try {
    await mkdir(folder);
    return [folder];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return [];
    const parent = dirname(folder);
    if (code !== 'ENOENT' || parent === folder) throw error;
    const made = await makeFolder(parent);
    await mkdir(folder).catch((retried: NodeJS.ErrnoException) => {
      // Another process made it meanwhile.
      if (retried.code !== 'EEXIST') throw retried;
    });
    return [...made, folder];
  }
}
