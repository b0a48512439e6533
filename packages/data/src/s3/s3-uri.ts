import { S3UriError } from './s3-errors.ts';

/** Where an object lies. */
export interface S3Location {
  readonly bucket: string;
  /** As it is, not percent-encoded; empty or ending in `/` where it is a prefix. */
  readonly key: string;
}

const bucketName = /^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/;

/**
 * Read `s3://bucket/key`. Everything after the bucket is the key as it stands: blanks, plus signs,
 * percent signs and question marks included.
 *
 * @throws {S3UriError}
 */
export function parseS3Uri(uri: string): S3Location {
  const match = /^s3a?:\/\/([^/]*)(?:\/(.*))?$/s.exec(uri);
  if (match === null) throw new S3UriError(uri, 'it does not begin with s3://');
  const [, bucket = '', key = ''] = match;
  if (bucket.includes('@'))
    throw new S3UriError(formatS3Uri({ bucket: '...', key }), 'it names a user');
  if (!bucketName.test(bucket)) throw new S3UriError(uri, `"${bucket}" is no name of a bucket`);
  if (Buffer.byteLength(key) > 1024) throw new S3UriError(uri, 'its key has more than 1024 bytes');
  return { bucket, key };
}

/** The inverse of {@link parseS3Uri}. */
export function formatS3Uri({ bucket, key }: S3Location): string {
  return `s3://${bucket}/${key}`;
}

/** Whether a text is an URI that {@link parseS3Uri} is for. */
export function isS3Uri(text: string): boolean {
  return /^s3a?:\/\//.test(text);
}

/** Whether a location is that of all objects whose keys begin so, rather than of one. */
export function isS3Prefix({ key }: S3Location): boolean {
  return key === '' || key.endsWith('/');
}
