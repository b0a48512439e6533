import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileError } from '../file-error.ts';

/** Bytes on their way to a server that wants to know their number first. */
export interface GatheredBytes {
  /** The temporary file that holds them. */
  readonly path: string;
  /** @throws {FileAccessError} where the disk of temporary files is full. */
  write(chunk: string | Uint8Array): Promise<void>;
  sizeBytes(): Promise<number>;
  /** Remove the temporary file. */
  clear(): Promise<void>;
}

/** Start gathering bytes in a temporary file that only its owner may read. */
export async function gatherBytes(): Promise<GatheredBytes> {
  const folder = await mkdtemp(join(tmpdir(), 'gnu-mlops-upload-'));
  const path = join(folder, 'content');
  const file = await open(path, 'wx', 0o600);
  return {
    path,
    async write(chunk) {
      try {
        await file.writeFile(chunk);
      } catch (error) {
        throw fileError(error, path, 'write');
      }
    },
    sizeBytes: async () => (await stat(path)).size,
    async clear() {
      await file.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
