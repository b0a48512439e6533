import { access, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { writeFileAtomic } from '@gnu-mlops/data';
import { FileExistsError } from './errors.ts';

/** A path as the person gave it, from the folder that the command runs in. */
export function resolvePath(cwd: string, path: string): string {
  return resolve(cwd, path);
}

/** Whether something is there at a path. */
export async function fileExists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** What to write, and whether over a file that is there. */
interface NewFile {
  readonly path: string;
  readonly content: string;
  readonly force: true | undefined;
}

/**
 * Write a file whole, its folder made where it is not there.
 *
 * @throws {FileExistsError} when it is there and `force` was not given.
 */
export async function writeNewFile(cwd: string, { path, content, force }: NewFile): Promise<void> {
  const resolved = resolvePath(cwd, path);
  if (!force && (await fileExists(resolved))) throw new FileExistsError(path);
  await mkdir(dirname(resolved), { recursive: true });
  await writeFileAtomic(resolved, content);
}
