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
  /**
   * All bytes, from the first on, behind and in front of others. It needs no closing: `fetch` does not
   * let go of every body that it did not get to send.
   */
  stream(around?: BytesAround): ReadableStream<Uint8Array>;
  /** Remove the temporary file. */
  clear(): Promise<void>;
}

/** What is sent before and after gathered bytes. */
export interface BytesAround {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

const nothing: BytesAround = { before: new Uint8Array(0), after: new Uint8Array(0) };
const pieceBytes = 65_536;

/** Start gathering bytes in a temporary file that only its owner may read. */
export async function gatherBytes(): Promise<GatheredBytes> {
  const folder = await mkdtemp(join(tmpdir(), 'gnu-mlops-upload-'));
  const path = join(folder, 'content');
  const file = await open(path, 'wx+', 0o600);

  async function* pieces({ before, after }: BytesAround): AsyncGenerator<Uint8Array> {
    if (before.length > 0) yield before;
    for (let position = 0; ;) {
      const { bytesRead, buffer } = await file.read(
        Buffer.alloc(pieceBytes),
        0,
        pieceBytes,
        position,
      );
      if (bytesRead === 0) break;
      yield buffer.subarray(0, bytesRead);
      position += bytesRead;
    }
    if (after.length > 0) yield after;
  }
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
    stream(around = nothing) {
      const left = pieces(around);
      return new ReadableStream({
        async pull(controller) {
          const { value, done } = await left.next();
          if (done === true) controller.close();
          else controller.enqueue(value);
        },
      });
    },
    async clear() {
      await file.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
