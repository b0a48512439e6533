import { type FileSourceOptions, bytesSource } from '../file-source.ts';
import type { ByteSource } from '../byte-source.ts';
import { partsSource } from '../parts-source.ts';
import type { TableSource } from '../table-source.ts';
import { readAheadSources } from '../read-ahead-sources.ts';
import { listS3Parts } from './list-s3-objects.ts';
import type { S3Connection } from './s3-connection.ts';
import { s3ObjectSource } from './s3-object-source.ts';
import { isS3Prefix, parseS3Uri } from './s3-uri.ts';

/**
 * A table in S3: one object, or all objects under a prefix (`s3://bucket/prefix/`), in the order of
 * their keys; see `listS3Objects` for which. CSV, JSON lines and Arrow are read as they arrive, Parquet
 * is copied to `temporaryFolder` first; small objects of a prefix are fetched some at a time.
 *
 * @throws {S3UriError}, and {FormatUnknownError} when neither the key nor `options` tells the format.
 */
export function s3TableSource(
  connection: S3Connection,
  uri: string,
  options: FileSourceOptions = {},
): TableSource {
  const tableOf = (bytes: ByteSource) => bytesSource(bytes, { sourceType: 's3' }, options);
  const location = parseS3Uri(uri);
  if (!isS3Prefix(location)) return tableOf(s3ObjectSource(connection, uri));
  const name = uri.replace(/\/+$/, '').split('/').at(-1)!;
  return partsSource({ name, uri, sourceType: 's3' }, async (signal) => {
    const objects = await listS3Parts(connection, uri, signal);
    const listed = objects.map(({ uri: object, sizeBytes }) => {
      return { source: s3ObjectSource(connection, object), sizeBytes };
    });
    return readAheadSources(listed).map(tableOf);
  });
}
