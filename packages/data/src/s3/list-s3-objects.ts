import type { S3Connection } from './s3-connection.ts';
import { S3NotFoundError } from './s3-errors.ts';
import { formatS3Uri, parseS3Uri } from './s3-uri.ts';

/** An object under a prefix. */
export interface ListedS3Object {
  readonly uri: string;
  readonly sizeBytes: number;
}

/**
 * The URIs of all objects under a prefix that may hold rows, in the order of their keys' UTF-8 bytes:
 * not markers of folders, nor empty objects, nor hidden ones, whose name begins with `.` or `_` as in
 * Spark's `_SUCCESS`.
 *
 * @throws {S3NotFoundError} when nothing is left.
 */
export async function listS3Objects(
  connection: S3Connection,
  uri: string,
  signal?: AbortSignal,
): Promise<string[]> {
  return (await listS3Parts(connection, uri, signal)).map((object) => object.uri);
}

/** As {@link listS3Objects}, with the size of each. */
export async function listS3Parts(
  connection: S3Connection,
  uri: string,
  signal?: AbortSignal,
): Promise<ListedS3Object[]> {
  const { bucket, key: prefix } = parseS3Uri(uri);
  const found: { readonly order: Buffer; readonly object: ListedS3Object }[] = [];
  for await (const entries of connection.list({ bucket, key: prefix }, signal)) {
    for (const { key, sizeBytes } of entries) {
      if (sizeBytes === 0 || !mayHoldRows(key, prefix)) continue;
      found.push({
        order: Buffer.from(key),
        object: { uri: formatS3Uri({ bucket, key }), sizeBytes },
      });
    }
  }
  if (found.length === 0) throw new S3NotFoundError(uri, 'objects under the prefix');
  // Servers agree on the order, but not all keep to it.
  found.sort((a, b) => Buffer.compare(a.order, b.order));
  return found.map(({ object }) => object);
}

/** Not all servers keep to the prefix either. */
function mayHoldRows(key: string, prefix: string): boolean {
  if (!key.startsWith(prefix) || key.endsWith('/')) return false;
  const names = key.slice(prefix.length).split('/');
  return names.every((name) => !/^[._]/.test(name));
}
