import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';

/** What makes a waiting file the one that it is: another file of the same name differs in one. */
export interface FileIdentity {
  /** Absolute. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Nanoseconds since the epoch, as decimal text. */
  readonly mtimeNs: string;
  /** Hex SHA-256 of the content. */
  readonly digest: string;
}

const bufferBytes = 1 << 20;

/**
 * Read a file once to learn its identity.
 *
 * @returns undefined when the file was written to while it was read.
 * @throws the file system's error when it cannot be read, and the signal's reason on abort.
 */
export async function readFileIdentity(
  path: string,
  signal?: AbortSignal,
): Promise<FileIdentity | undefined> {
  const file = await open(path);
  try {
    const before = await file.stat({ bigint: true });
    const digest = await digestOf(file, signal);
    const after = await file.stat({ bigint: true });
    return isSameFile(before, after)
      ? { path, sizeBytes: Number(after.size), mtimeNs: String(after.mtimeNs), digest }
      : undefined;
  } finally {
    await file.close();
  }
}

/** Whether the file at that path still has the size and the time of change that it had. */
export async function isUnchanged(identity: FileIdentity): Promise<boolean> {
  try {
    const found = await stat(identity.path, { bigint: true });
    return Number(found.size) === identity.sizeBytes && String(found.mtimeNs) === identity.mtimeNs;
  } catch {
    return false;
  }
}

async function digestOf(file: FileHandle, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const buffer = new Uint8Array(bufferBytes);
  for (;;) {
    signal?.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, bufferBytes);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(buffer.subarray(0, bytesRead));
  }
}

function isSameFile(a: BigIntStats, b: BigIntStats): boolean {
  return a.size === b.size && a.mtimeNs === b.mtimeNs;
}
