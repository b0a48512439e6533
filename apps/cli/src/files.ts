import { access } from 'node:fs/promises';
import { resolve } from 'node:path';

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
