import { readSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { ByteSource } from './byte-source.ts';
import { FileChangedError, NotAFileError } from './errors.ts';
import { type ReadAt, createOwnReads } from './own-reads.ts';

/** Bytes that are asked for, rather than handed out: what a window is filled from. */
export interface ByteReader {
  /** Where it is known before the end. */
  readonly sizeBytes: number | undefined;
  /** Tells one state of the content from another. */
  readonly fingerprint: string;
  /** Put some of the next bytes, at most `length`, into `target`. @returns how many; 0 at the end. */
  read(target: Uint8Array, offset: number, length: number): Promise<number>;
  /** What else can be done with a file of this machine whose bytes are read as they are. */
  readonly file?: FileAccess;
  close(): Promise<void>;
}

/** A file that can be read anywhere. */
export interface FileAccess {
  readonly fd: number;
  /** Let the next `read` begin at `position`. */
  seek(position: number): void;
  /** For whoever would keep the thread busy anyway: see {@link createOwnReads}. */
  readonly readAt: ReadAt<Promise<number>>;
}

/**
 * Open a path or a source. System errors come as they are.
 *
 * @throws {NotAFileError}; {FileChangedError} while reading, where a file is cut off meanwhile.
 */
export async function openByteReader(
  source: string | ByteSource,
  signal?: AbortSignal,
): Promise<ByteReader> {
  const path = typeof source === 'string' ? source : source.path;
  if (path !== undefined) return openFileReader(path, signal);
  const stream = await (source as ByteSource).open({ signal });
  return iterableReader(stream, stream);
}

async function openFileReader(path: string, signal?: AbortSignal): Promise<ByteReader> {
  // Before opening: opening a pipe would wait for its writer.
  const found = await stat(path);
  if (found.isDirectory()) throw new NotAFileError(path, 'folder');
  if (!found.isFile()) throw new NotAFileError(path, 'pipe or device');
  const file = await open(path, 'r');
  try {
    const { size, mtimeMs, ino } = await file.stat();
    let next = 0;
    /** What is added to a file at its end may be read; what was there and is gone may not be missing. */
    const checkEnd = (end: number) => {
      if (end < size) throw new FileChangedError(path);
    };
    const read = async (
      target: Uint8Array,
      range: [offset: number, length: number],
      at: number,
    ) => {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(target, ...range, at);
      if (bytesRead === 0 && range[1] > 0) checkEnd(at);
      return bytesRead;
    };
    return {
      sizeBytes: size,
      fingerprint: `${size}:${mtimeMs}:${ino}`,
      async read(target, offset, length) {
        const count = await read(target, [offset, length], next);
        next += count;
        return count;
      },
      file: {
        fd: file.fd,
        seek: (position) => void (next = position),
        readAt: createOwnReads({
          async beside(target, position) {
            let length = 0;
            for (let count = -1; count !== 0 && length < target.length; length += count) {
              count = await read(target, [length, target.length - length], position + length);
            }
            return length;
          },
          atOnce(target, position) {
            signal?.throwIfAborted();
            const length = readFully(file.fd, target, position);
            if (length < target.length) checkEnd(position + length);
            return length;
          },
        }),
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Fill a target, as far as an open file goes. Blocks the thread. @returns how many bytes. */
export function readFully(fd: number, target: Uint8Array, position: number): number {
  let length = 0;
  for (let count = -1; count !== 0 && length < target.length; length += count) {
    count = readSync(fd, target, length, target.length - length, position + length);
  }
  return length;
}

/** Read from an iterable of pieces; what is left of a piece waits for the next call. */
export function iterableReader(
  pieces: AsyncIterable<Uint8Array>,
  about: Pick<ByteReader, 'fingerprint' | 'close'> & { readonly sizeBytes?: number | undefined },
): ByteReader {
  const iterator = pieces[Symbol.asyncIterator]();
  let piece: Uint8Array = new Uint8Array(0);
  return {
    sizeBytes: about.sizeBytes,
    fingerprint: about.fingerprint,
    async read(target, offset, length) {
      while (piece.length === 0) {
        const next = await iterator.next();
        if (next.done) return 0;
        piece = next.value;
      }
      const taken = piece.subarray(0, length);
      target.set(taken, offset);
      piece = piece.subarray(taken.length);
      return taken.length;
    },
    async close() {
      await iterator.return?.();
      await about.close();
    },
  };
}

/** The pieces of a reader, each a buffer of its own. */
export async function* readPieces(
  reader: ByteReader,
  pieceBytes = 262_144,
): AsyncGenerator<Uint8Array> {
  for (;;) {
    const piece = Buffer.allocUnsafeSlow(pieceBytes);
    const length = await reader.read(piece, 0, piece.length);
    if (length === 0) return;
    yield piece.subarray(0, length);
  }
}
