import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openByteReader, readPieces } from './byte-reader.ts';
import type { ByteSource } from './byte-source.ts';
import { DataOptionError } from './errors.ts';
import { fileError } from './file-error.ts';
import { temporaryName } from './temporary-name.ts';

/** A copy of stored bytes on this machine. */
export interface SpooledBytes {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Copy bytes into a file of their own.
 *
 * @throws {DataOptionError} without a folder.
 */
export async function spoolBytes(
  bytes: ByteSource,
  folder: string | undefined,
  signal?: AbortSignal,
): Promise<SpooledBytes> {
  if (folder === undefined) {
    throw new DataOptionError('temporaryFolder', `a folder that "${bytes.name}" is copied to`);
  }
  const path = join(folder, temporaryName('spool', randomUUID()));
  const remove = () => rm(path, { force: true });
  const reader = await openByteReader(bytes, signal);
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      for await (const piece of readPieces(reader)) await file.writeFile(piece);
    } finally {
      await file.close();
    }
    return { path, remove };
  } catch (error) {
    await remove();
    throw fileError(error, path, 'write');
  } finally {
    await reader.close();
  }
}
