import type { S3Connection } from './s3-connection.ts';
import { S3NotFoundError } from './s3-errors.ts';
import { formatS3Uri, parseS3Uri } from './s3-uri.ts';

/**
 * The URIs of all objects under a prefix, in the order of their keys' UTF-8 bytes. Markers of folders
 * and hidden objects, whose name begins with `.` or `_` as in Spark's `_SUCCESS`, are passed over.
 *
 * @throws {S3NotFoundError} when nothing is left.
 */
export async function listS3Objects(
  connection: S3Connection,
  uri: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const prefix = parseS3Uri(uri);
  const keys: string[] = [];
  for await (const entries of connection.list(prefix, signal)) {
    for (const { key } of entries) if (holdsRows(key, prefix.key)) keys.push(key);
  }
  if (keys.length === 0) throw new S3NotFoundError(uri, 'objects under the prefix');
  // Servers agree on the order, but not all keep to it.
  keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return keys.map((key) => formatS3Uri({ bucket: prefix.bucket, key }));
}

function holdsRows(key: string, prefix: string): boolean {
  const names = key.slice(prefix.length).split('/');
  return !key.endsWith('/') && names.every((name) => !/^[._]/.test(name));
}
