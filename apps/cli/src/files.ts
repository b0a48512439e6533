import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isInWorkspace } from '@gnu-mlops/app-runtime';
import { DataOptionError, isS3Uri, makeFolderOf, writeFileAtomic } from '@gnu-mlops/data';
import { FileElsewhereError, FileExistsError } from './errors.ts';

/** A path as the person gave it, from the folder that the command runs in. */
export function resolvePath(cwd: string, path: string): string {
  return resolve(cwd, path);
}

/**
 * The path of a file that is to be read.
 *
 * @throws {FileElsewhereError} for the name of something in S3 or a workspace.
 */
export function pathToRead(cwd: string, path: string): string {
  if (isElsewhere(path)) throw new FileElsewhereError(path, 'read');
  return resolvePath(cwd, path);
}

/** Whether something is there at a path. */
export async function fileExists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Where to write, and whether over a file that is there. */
export interface NewPath {
  /** As the person gave it. */
  readonly path: string;
  readonly force: true | undefined;
}

/**
 * The path of a file that is to be written.
 *
 * @throws {FileExistsError} when it is there and `force` was not given.
 * @throws {FileElsewhereError} for the name of something in S3 or a workspace.
 */
export async function newPath(cwd: string, { path, force }: NewPath): Promise<string> {
  if (isElsewhere(path)) throw new FileElsewhereError(path, 'written');
  const resolved = resolvePath(cwd, path);
  if (!force && (await fileExists(resolved))) throw new FileExistsError(path);
  return resolved;
}

/**
 * Check that a command does not write over what it reads, whatever it is forced to.
 *
 * @throws {DataOptionError} of `@gnu-mlops/data`.
 */
export function checkNotOver(cwd: string, { option, written, read, what }: Overwriting): void {
  if (resolvePath(cwd, written) === resolvePath(cwd, read)) {
    throw new DataOptionError(option, `another file than the ${what}, which it would replace`);
  }
}

/** A file that an option names to write to, and one that is read. */
interface Overwriting {
  readonly option: string;
  readonly written: string;
  readonly read: string;
  /** What is read. */
  readonly what: string;
}

/** What to write, and whether over a file that is there. */
interface NewFile extends NewPath {
  readonly content: string;
}

/**
 * Write a file whole, its folder made where it is not there.
 *
 * @throws what {@link newPath} throws, and `makeFolderOf` and `writeFileAtomic` of `@gnu-mlops/data`.
 */
export async function writeNewFile(cwd: string, { content, ...where }: NewFile): Promise<void> {
  const resolved = await newPath(cwd, where);
  await makeFolderOf(resolved);
  await writeFileAtomic(resolved, content);
}

function isElsewhere(path: string): boolean {
  return isS3Uri(path) || isInWorkspace(path);
}
