import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type * as aws from '@aws-sdk/client-s3';
import { firstByteOf } from '../content-range.ts';
import { DataOptionError } from '../errors.ts';
import { importOptional } from '../import-optional.ts';
import type { S3Connection, S3ConnectionOptions, S3Entry } from './s3-connection.ts';
import { s3ErrorOf } from './s3-error-of.ts';
import { S3RequestError } from './s3-errors.ts';
import { type S3Location, formatS3Uri } from './s3-uri.ts';

const connectTimeoutMs = 10_000;

/**
 * Connect to a server that speaks S3. Nothing is sent yet.
 *
 * Requests carry no checksum that only newer servers know, nor bodies in signed chunks: what is
 * written is guarded by `Content-MD5`, which every S3 server checks.
 *
 * @throws {PackageMissingError} when `@aws-sdk/client-s3` is not installed.
 * @throws {DataOptionError} for options out of their range, and where nobody names a region.
 */
export async function openS3Connection(options: S3ConnectionOptions): Promise<S3Connection> {
  const { maxAttempts = 5, timeoutMs = 60_000, endpoint, region } = options;
  for (const [option, value] of Object.entries({ maxAttempts, timeoutMs })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new DataOptionError(option, 'a whole number, at least 1');
    }
  }
  if (endpoint !== undefined && !/^https?:$/.test(protocolOf(endpoint))) {
    throw new DataOptionError('endpoint', 'a URL, such as http://localhost:9000');
  }
  if (region !== undefined && !/^[a-z0-9-]+$/i.test(region)) {
    throw new DataOptionError('region', 'the name of a region, such as eu-central-1');
  }
  const sdk = await importOptional('@aws-sdk/client-s3', 'S3', () => import('@aws-sdk/client-s3'));
  const client = new sdk.S3Client({ ...clientConfig(options, timeoutMs), maxAttempts });
  await checkRegion(client);
  const guarded = async <T>(
    at: S3Location,
    signal: AbortSignal | undefined,
    request: (settings: { abortSignal?: AbortSignal }) => Promise<T>,
  ): Promise<T> => {
    signal?.throwIfAborted();
    try {
      return await request(signal === undefined ? {} : { abortSignal: signal });
    } catch (error) {
      throw s3ErrorOf(error, formatS3Uri(at), signal);
    }
  };

  return {
    timeoutMs,
    maxAttempts,
    close: () => client.destroy(),

    get: ({ offset = 0, etag, ...at }, signal) =>
      guarded(at, signal, async (settings) => {
        const command = new sdk.GetObjectCommand({
          ...target(at),
          ...(offset > 0 && { Range: `bytes=${offset}-` }),
          ...(etag !== undefined && { IfMatch: etag }),
        });
        const answer = await client.send(command, settings);
        const { Body, ContentLength, ContentRange, ETag } = answer;
        const from = firstByteOf(ContentRange) ?? 0;
        const sizeBytes = ContentLength === undefined ? undefined : from + ContentLength;
        return { body: Body as Readable, from, sizeBytes, fingerprint: ETag ?? '' };
      }),

    put: (at, content, signal) =>
      guarded(at, signal, async (settings) => {
        const body = { Body: content, ContentMD5: md5(content) };
        await client.send(new sdk.PutObjectCommand({ ...target(at), ...body }), settings);
      }),

    async *list(prefix, signal) {
      let next: string | undefined;
      do {
        const page = await guarded(prefix, signal, (settings) =>
          client.send(
            new sdk.ListObjectsV2Command({
              Bucket: prefix.bucket,
              Prefix: prefix.key,
              // XML holds no control characters, and parsers of it trim blanks.
              EncodingType: 'url',
              ...(next !== undefined && { ContinuationToken: next }),
            }),
            settings,
          ),
        );
        const isEncoded = page.EncodingType === 'url';
        yield (page.Contents ?? []).map(({ Key = '', Size = 0 }): S3Entry => ({
          key: isEncoded ? decodeKey(Key) : Key,
          sizeBytes: Size,
        }));
        const token = page.IsTruncated === true ? (page.NextContinuationToken ?? '') : undefined;
        if (token === '' || (token !== undefined && token === next)) {
          const failure = { reason: 'IsTruncated', message: 'its listing does not go on' };
          throw new S3RequestError(formatS3Uri(prefix), failure);
        }
        next = token;
      } while (next !== undefined);
    },

    delete: (at, signal) =>
      guarded(at, signal, async (settings) => {
        await client.send(new sdk.DeleteObjectCommand(target(at)), settings);
      }),

    startUpload: (at, signal) =>
      guarded(at, signal, async (settings) => {
        const command = new sdk.CreateMultipartUploadCommand(target(at));
        const { UploadId: uploadId } = await client.send(command, settings);
        if (uploadId !== undefined && uploadId !== '') return uploadId;
        // A part that names no upload may be taken for the whole object.
        const failure = { reason: 'UploadId', message: 'its upload has no id' };
        throw new S3RequestError(formatS3Uri(at), failure);
      }),

    uploadPart: ({ uploadId, number, ...at }, content, signal) =>
      guarded(at, signal, async (settings) => {
        const command = new sdk.UploadPartCommand({
          ...target(at),
          UploadId: uploadId,
          PartNumber: number,
          Body: content,
          ContentMD5: md5(content),
        });
        return { number, etag: (await client.send(command, settings)).ETag ?? '' };
      }),

    finishUpload: ({ uploadId, ...at }, parts, signal) =>
      guarded(at, signal, async (settings) => {
        const command = new sdk.CompleteMultipartUploadCommand({
          ...target(at),
          UploadId: uploadId,
          MultipartUpload: {
            Parts: parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag })),
          },
        });
        await client.send(command, settings);
      }),

    dropUpload: ({ uploadId, ...at }) =>
      guarded(at, undefined, async () => {
        await client.send(
          new sdk.AbortMultipartUploadCommand({ ...target(at), UploadId: uploadId }),
        );
      }),
  };
}

function clientConfig(options: S3ConnectionOptions, timeoutMs: number): aws.S3ClientConfig {
  const { credentials, endpoint, region, bucketIn } = options;
  const usedRegion = region ?? (credentials === 'default-chain' ? undefined : 'us-east-1');
  return {
    ...(usedRegion !== undefined && { region: usedRegion }),
    ...(endpoint !== undefined && { endpoint }),
    ...(typeof credentials !== 'string' && { credentials }),
    ...(credentials === 'anonymous' && unsigned),
    forcePathStyle: (bucketIn ?? (endpoint === undefined ? 'host' : 'path')) === 'path',
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: connectTimeoutMs, socketTimeout: timeoutMs },
  };
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}

/** The SDK would throw as if the server had failed, and only when it asks it. */
async function checkRegion({ config }: aws.S3Client): Promise<void> {
  const found = await config.region().catch(() => '');
  if (found !== '') return;
  throw new DataOptionError(
    'region',
    'named, as neither AWS_REGION nor a profile of AWS names one',
  );
}

/** The SDK asks for credentials even where nothing is signed. */
const unsigned: aws.S3ClientConfig = {
  credentials: { accessKeyId: '', secretAccessKey: '' },
  signer: { sign: async (request) => request },
};

function target({ bucket, key }: S3Location): { Bucket: string; Key: string } {
  return { Bucket: bucket, Key: key };
}

/** Undo the encoding of forms, in which a blank is a plus sign. */
function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

function md5(content: Uint8Array): string {
  return createHash('md5').update(content).digest('base64');
}
