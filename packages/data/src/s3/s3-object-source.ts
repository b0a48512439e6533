import { addAbortSignal, type Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { ByteSource, ByteStream } from '../byte-source.ts';
import { FileChangedError } from '../errors.ts';
import { retryDelayMs } from '../retry-delay.ts';
import type { S3Connection, S3Download } from './s3-connection.ts';
import { s3ErrorOf } from './s3-error-of.ts';
import { S3UnavailableError, S3UriError } from './s3-errors.ts';
import { isS3Prefix, parseS3Uri } from './s3-uri.ts';

/**
 * The bytes of one object. A connection that breaks off is taken up where it broke, as long as the
 * object is still the same; memory holds no more than what is on its way.
 *
 * @throws {S3UriError} when the URI names none.
 */
export function s3ObjectSource(connection: S3Connection, uri: string): ByteSource {
  const location = parseS3Uri(uri);
  if (isS3Prefix(location)) throw new S3UriError(uri, 'it is a prefix, and one object is needed');
  return {
    name: uri,
    open: async ({ signal } = {}) => {
      const first = await connection.get(location, signal);
      return openStream(first, { connection, uri, signal });
    },
  };
}

interface Reading {
  readonly connection: S3Connection;
  readonly uri: string;
  readonly signal: AbortSignal | undefined;
}

function openStream(first: S3Download, { connection, uri, signal }: Reading): ByteStream {
  let current = first;

  async function resume(offset: number): Promise<void> {
    current.body.destroy();
    current = await connection.get({ ...parseS3Uri(uri), offset, etag: first.etag }, signal);
    const isSame = current.etag === first.etag && current.sizeBytes === first.sizeBytes;
    if (!isSame) throw new FileChangedError(uri);
  }

  async function* read(): AsyncGenerator<Uint8Array> {
    let offset = 0;
    for (let failures = 0; ;) {
      try {
        if (signal) addAbortSignal(signal, current.body as Readable);
        for await (const piece of current.body) {
          offset += piece.length;
          failures = 0;
          yield piece;
        }
        if (first.sizeBytes === undefined || offset >= first.sizeBytes) return;
        throw new Error('the connection ended early');
      } catch (cause) {
        signal?.throwIfAborted();
        failures++;
        if (failures >= connection.maxAttempts) {
          const reason = cause instanceof Error ? cause.message : String(cause);
          throw new S3UnavailableError(uri, reason, { cause });
        }
      }
      await wait(retryDelayMs(failures), undefined, { ...(signal && { signal }) });
      await resume(offset);
    }
  }

  return {
    sizeBytes: first.sizeBytes,
    fingerprint: first.etag,
    close: async () => void current.body.destroy(),
    async *[Symbol.asyncIterator]() {
      try {
        yield* read();
      } catch (error) {
        throw s3ErrorOf(error, uri, signal);
      } finally {
        current.body.destroy();
      }
    },
  };
}
