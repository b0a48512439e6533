import type { ByteSink } from '../byte-source.ts';
import { DataOptionError } from '../errors.ts';
import type { S3Connection, S3Part } from './s3-connection.ts';
import { NO_SUCH_UPLOAD } from './s3-error-of.ts';
import { S3NotFoundError, S3RequestError, S3UriError } from './s3-errors.ts';
import { isS3Prefix, parseS3Uri } from './s3-uri.ts';

/** How an object is written. */
export interface S3SinkOptions {
  /**
   * Bytes of one part of an upload, at least 5 MiB; an object may have 10,000 parts. Two parts are in
   * memory at a time. Default 16 MiB, for objects up to 156 GiB.
   */
  readonly partBytes?: number;
  readonly signal?: AbortSignal;
}

const minPartBytes = 5 * 1024 * 1024;
const maxParts = 10_000;

/**
 * Write one object. Nobody sees it before `commit`; what stood in its place stays until then. What
 * fits into one part is sent as a whole, more is uploaded in parts, one being sent while the next is
 * filled. `abort`, which must be called when anything fails, has the server drop the parts.
 *
 * @throws {S3UriError} when the URI names no object.
 * @throws {DataOptionError} for parts that S3 does not allow.
 */
export function s3ObjectSink(
  connection: S3Connection,
  uri: string,
  { partBytes = 16 * 1024 * 1024, signal }: S3SinkOptions = {},
): ByteSink {
  const location = parseS3Uri(uri);
  if (isS3Prefix(location)) throw new S3UriError(uri, 'it is a prefix, and one object is needed');
  if (!Number.isSafeInteger(partBytes) || partBytes < minPartBytes) {
    throw new DataOptionError('partBytes', `a whole number of at least ${minPartBytes}`);
  }
  let part = Buffer.allocUnsafe(partBytes);
  let filled = 0;
  let uploadId: string | undefined;
  let sending: Promise<void> = Promise.resolve();
  let state: 'open' | 'committed' | 'aborted' = 'open';
  const parts: S3Part[] = [];

  async function sendPart(content: Uint8Array): Promise<void> {
    await sending;
    const number = parts.length + 1;
    if (number > maxParts) {
      throw new DataOptionError('partBytes', `larger: the object has more than ${maxParts} parts`);
    }
    uploadId ??= await connection.startUpload(location, signal);
    sending = connection
      .uploadPart({ ...location, uploadId, number }, content, signal)
      .then((sent) => void parts.push(sent));
    // Awaited before the next part; until then a failure must not count as unhandled.
    sending.catch(() => {});
  }

  return {
    async write(chunk) {
      signal?.throwIfAborted();
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      for (let from = 0; from < bytes.length;) {
        const piece = bytes.subarray(from, from + partBytes - filled);
        part.set(piece, filled);
        filled += piece.length;
        from += piece.length;
        if (filled === partBytes) {
          await sendPart(part);
          part = Buffer.allocUnsafe(partBytes);
          filled = 0;
        }
      }
    },
    async commit() {
      const last = part.subarray(0, filled);
      if (uploadId === undefined) {
        await connection.put(location, last, signal);
      } else {
        if (filled > 0) await sendPart(last);
        await sending;
        await connection.finishUpload({ ...location, uploadId }, parts, signal);
      }
      state = 'committed';
    },
    async abort() {
      if (state !== 'open') return;
      state = 'aborted';
      await sending.catch(() => {});
      if (uploadId === undefined) return;
      // An upload that is gone already must not hide what went wrong with it.
      await connection.dropUpload({ ...location, uploadId }).catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
    },
  };
}

function isGone(error: unknown): boolean {
  if (error instanceof S3NotFoundError) return true;
  return error instanceof S3RequestError && error.reason === NO_SUCH_UPLOAD;
}
