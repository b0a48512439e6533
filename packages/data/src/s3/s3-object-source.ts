import type { ByteSource } from '../byte-source.ts';
import { type Download, resumeStream } from '../resume-stream.ts';
import type { S3Connection } from './s3-connection.ts';
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
    async open({ signal } = {}) {
      const get = (offset: number, first?: Download) =>
        connection.get({ ...location, offset, etag: first?.fingerprint }, signal);
      return resumeStream(await get(0), {
        name: uri,
        get,
        maxAttempts: connection.maxAttempts,
        unavailable: (reason, cause) => new S3UnavailableError(uri, reason, { cause }),
        signal,
      });
    },
  };
}
