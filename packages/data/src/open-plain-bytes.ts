import { once } from 'node:events';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type ByteReader, iterableReader, openByteReader, readPieces } from './byte-reader.ts';
import type { ByteSource } from './byte-source.ts';
import { GzipError } from './format-errors.ts';
import { createChunkRelease, zlibChunkBytes } from './release-chunks.ts';
import { createUnusedBytes } from './unused-bytes.ts';

const gzipMagic = [0x1f, 0x8b] as const;

/**
 * Open a path or a source, and unpack it where its first bytes, not its name, say that it is gzip.
 *
 * @throws {GzipError} while reading, where the archive is cut off or damaged.
 */
export async function openPlainBytes(
  source: string | ByteSource,
  signal?: AbortSignal,
): Promise<ByteReader> {
  const reader = await openByteReader(source, signal);
  try {
    const start = new Uint8Array(gzipMagic.length);
    let length = 0;
    while (length < start.length) {
      const count = await reader.read(start, length, start.length - length);
      if (count === 0) break;
      length += count;
    }
    const whole = withStart(reader, start.subarray(0, length));
    const isGzip = gzipMagic.every((byte, i) => start[i] === byte);
    return isGzip ? unpack(whole, typeof source === 'string' ? source : source.name) : whole;
  } catch (error) {
    await reader.close();
    throw error;
  }
}

function withStart(reader: ByteReader, start: Uint8Array): ByteReader {
  let rest = start;
  const { file } = reader;
  return {
    ...reader,
    ...(file !== undefined && {
      file: {
        ...file,
        seek(position) {
          rest = new Uint8Array(0);
          file.seek(position);
        },
      },
    }),
    read(target, offset, length) {
      if (rest.length === 0) return reader.read(target, offset, length);
      const taken = rest.subarray(0, length);
      target.set(taken, offset);
      rest = rest.subarray(taken.length);
      return Promise.resolve(taken.length);
    },
  };
}

function unpack(packed: ByteReader, name: string): ByteReader {
  const gunzip = createGunzip({ chunkSize: zlibChunkBytes });
  const seen = createUnusedBytes(() => gunzip.bytesWritten);
  const input = Readable.from(seen.watch(readPieces(packed)));
  input.on('error', (error) => gunzip.destroy(error));
  input.pipe(gunzip);

  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield* released(gunzip);
    // zlib ends at the first zero behind the archive, and what is read already is not asked for again.
    input.destroy();
    if (!input.closed) await once(input, 'close');
    await seen.checkZeros(packed, name);
  }
  const plain = iterableReader(pieces(), {
    fingerprint: packed.fingerprint,
    async close() {
      input.destroy();
      gunzip.destroy();
      await packed.close();
    },
  });
  return {
    ...plain,
    async read(target, offset, length) {
      try {
        return await plain.read(target, offset, length);
      } catch (error) {
        throw isZlibError(error) ? new GzipError(name, error) : error;
      }
    },
  };
}

async function* released(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const release = createChunkRelease();
  for await (const piece of pieces) {
    release(piece);
    yield piece;
  }
}

function isZlibError(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('Z_');
}
