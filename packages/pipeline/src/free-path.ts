import { join, parse } from 'node:path';

/** The first of `name`, `name-2`, `name-3`, ... (before the ending) in a folder that is not taken. */
export async function freePath(
  folder: string,
  name: string,
  isTaken: (path: string) => boolean | Promise<boolean>,
): Promise<string> {
  const { name: stem, ext } = parse(name);
  let path = join(folder, name);
  for (let number = 2; await isTaken(path); number++)
    path = join(folder, `${stem}-${number}${ext}`);
  return path;
}
