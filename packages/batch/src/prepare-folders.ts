import { mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BatchOptions } from './batch-options.ts';
import {
  ArchiveFolderUnwritableError,
  FoldersOverlapError,
  InputFolderUnreadableError,
  OutputFolderUnwritableError,
} from './errors.ts';

/** Absolute paths without links, so that every process calls a file by the same name. */
export interface BatchFolders {
  readonly input: string;
  readonly output: string;
  /** Only when inputs are archived. */
  readonly archive: string | undefined;
}

/**
 * Make the folders that a run writes to, and find out before anything is scored whether it can.
 *
 * @throws {InputFolderUnreadableError}
 * @throws {OutputFolderUnwritableError}
 * @throws {ArchiveFolderUnwritableError}
 * @throws {FoldersOverlapError}
 */
export async function prepareFolders(
  options: Pick<BatchOptions, 'inputFolder' | 'outputFolder' | 'archiveFolder' | 'archiveInput'>,
): Promise<BatchFolders> {
  const { inputFolder, outputFolder, archiveFolder, archiveInput } = options;
  const input = await orThrow(
    () => realpath(inputFolder),
    (cause) => new InputFolderUnreadableError(inputFolder, cause),
  );
  const output = await orThrow(
    () => openForWriting(outputFolder),
    (cause) => new OutputFolderUnwritableError(outputFolder, cause),
  );
  if (output === input) throw new FoldersOverlapError(output, ['input', 'output']);
  if (!archiveInput || archiveFolder === undefined) return { input, output, archive: undefined };
  const archive = await orThrow(
    () => openForWriting(archiveFolder),
    (cause) => new ArchiveFolderUnwritableError(archiveFolder, cause),
  );
  if (archive === input) throw new FoldersOverlapError(archive, ['input', 'archive']);
  if (archive === output) throw new FoldersOverlapError(archive, ['output', 'archive']);
  return { input, output, archive };
}

async function openForWriting(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = await realpath(folder);
  // Permission bits do not tell: a read-only mount or a quota refuses as well.
  const probe = join(path, '.gnu-mlops-probe.tmp');
  await writeFile(probe, '');
  await rm(probe, { force: true });
  return path;
}

async function orThrow<T>(work: () => Promise<T>, errorOf: (cause: unknown) => Error): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw errorOf(cause);
  }
}
