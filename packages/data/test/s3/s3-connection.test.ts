import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { S3Connection } from '../../src/s3/s3-connection.ts';
import { openS3Connection } from '../../src/s3/open-s3-connection.ts';
import { listS3Objects } from '../../src/s3/list-s3-objects.ts';
import { s3ObjectSink } from '../../src/s3/s3-object-sink.ts';
import { s3ObjectSource } from '../../src/s3/s3-object-source.ts';
import { BUCKET, type S3Double, startS3Double } from './s3-double.ts';
import { knownCredentials } from './verify-signature.ts';

const mebibyte = 1024 * 1024;
let double: S3Double;
let connection: S3Connection;

beforeEach(async () => {
  double = await startS3Double();
  connection = await connect();
});

afterEach(async () => {
  connection.close();
  await double.close();
});

function connect(
  options: Partial<Parameters<typeof openS3Connection>[0]> = {},
): Promise<S3Connection> {
  return openS3Connection({
    endpoint: double.endpoint,
    credentials: knownCredentials,
    maxAttempts: 3,
    ...options,
  });
}

async function readAll(uri: string, signal?: AbortSignal): Promise<Buffer> {
  const stream = await s3ObjectSource(connection, uri).open({ signal });
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function writeAll(uri: string, content: Uint8Array, partBytes?: number): Promise<void> {
  const sink = s3ObjectSink(connection, uri, partBytes === undefined ? {} : { partBytes });
  try {
    for (let from = 0; from < content.length; from += 1_000_000) {
      await sink.write(content.subarray(from, from + 1_000_000));
    }
    await sink.commit();
  } finally {
    await sink.abort();
  }
}

function numbered(bytes: number): Buffer {
  return Buffer.from(Uint32Array.from({ length: bytes / 4 }, (_, index) => index).buffer);
}

describe('writing and reading an object', () => {
  test.each([
    'plain.csv',
    'with blank and+plus.csv',
    'percent%20sign.csv',
    'ünïcödé/表.csv',
    "quote'&<amp>.csv",
    'a//b/../c.csv',
  ])('gives the bytes back under the key %s', async (key) => {
    await writeAll(`s3://${BUCKET}/${key}`, Buffer.from('a\n1\n'));
    expect([...double.objects.keys()]).toEqual([key]);
    expect((await readAll(`s3://${BUCKET}/${key}`)).toString()).toBe('a\n1\n');
  });

  test('sends a small object at once, guarded by its MD5, without chunks or trailers', async () => {
    await writeAll(`s3://${BUCKET}/small`, Buffer.from('text'));
    expect(double.requests).toHaveLength(1);
    const { headers, method } = double.requests[0]!;
    expect(method).toBe('PUT');
    expect(headers['content-md5']).toBe('HLJR7A1WjeapKbUgxK7Y0Q==');
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['x-amz-sdk-checksum-algorithm']).toBeUndefined();
  });

  test('uploads a large object in parts of equal size', async () => {
    const content = numbered(12 * mebibyte);
    await writeAll(`s3://${BUCKET}/large`, content, 5 * mebibyte);
    expect(double.objects.get('large')?.equals(content)).toBe(true);
    const sizes = double.requests.filter(({ method }) => method === 'PUT');
    expect(sizes.map(({ sizeBytes }) => sizeBytes / mebibyte)).toEqual([5, 5, 2]);
    expect(double.uploads.size).toBe(0);
    expect((await readAll(`s3://${BUCKET}/large`)).equals(content)).toBe(true);
  });

  test('shows nothing before the commit, and drops the parts when it is aborted', async () => {
    const sink = s3ObjectSink(connection, `s3://${BUCKET}/half`, { partBytes: 5 * mebibyte });
    await sink.write(numbered(11 * mebibyte));
    expect(double.uploads.size).toBe(1);
    expect(double.objects.size).toBe(0);
    await sink.abort();
    expect(double.uploads.size).toBe(0);
    expect(double.objects.size).toBe(0);
  });

  test('drops the parts when one of them fails for good', async () => {
    double.onRequest = ({ url }) =>
      url.includes('partNumber=2') ? { status: 403, code: 'AccessDenied' } : 'answer';
    const writing = writeAll(`s3://${BUCKET}/half`, numbered(16 * mebibyte), 5 * mebibyte);
    await expect(writing).rejects.toMatchObject({ code: 'DATA_S3_FORBIDDEN' });
    expect(double.uploads.size).toBe(0);
    expect(double.objects.size).toBe(0);
  });

  test.each([
    { status: 404, code: 'NoSuchUpload' },
    { status: 404, page: '' },
  ])('tells what went wrong with a part, though the upload is gone: %o', async (gone) => {
    double.onRequest = ({ url, method }) => {
      if (method === 'DELETE') return gone;
      return url.includes('partNumber=2') ? { status: 403, code: 'AccessDenied' } : 'answer';
    };
    const writing = writeAll(`s3://${BUCKET}/half`, numbered(16 * mebibyte), 5 * mebibyte);
    await expect(writing).rejects.toMatchObject({ code: 'DATA_S3_FORBIDDEN' });
  });

  test('says that its upload is gone, rather than that there is no object', async () => {
    // As where the answer that an upload is finished got lost, and it is asked for again.
    double.onRequest = ({ url, method }) =>
      method === 'POST' && url.includes('uploadId')
        ? { status: 404, code: 'NoSuchUpload' }
        : 'answer';
    const writing = writeAll(`s3://${BUCKET}/gone`, numbered(6 * mebibyte), 5 * mebibyte);
    await expect(writing).rejects.toMatchObject({
      code: 'DATA_S3_REQUEST_FAILED',
      reason: 'NoSuchUpload',
      message: expect.stringContaining('see whether the object is there') as string,
    });
    expect(double.uploads.size).toBe(0);
  });

  test('sends no part where the server gives its upload no id', async () => {
    double.onRequest = ({ method }) => (method === 'POST' ? { status: 200, page: '' } : 'answer');
    const writing = writeAll(`s3://${BUCKET}/half`, numbered(6 * mebibyte), 5 * mebibyte);
    await expect(writing).rejects.toMatchObject({ code: 'DATA_S3_REQUEST_FAILED' });
    expect(double.objects.size).toBe(0);
    expect(double.requests).toHaveLength(1);
  });

  test('tries a part again that the server was too busy for', async () => {
    let refused = 0;
    double.onRequest = ({ url }) =>
      url.includes('partNumber=1') && refused++ < 2 ? { status: 503, code: 'SlowDown' } : 'answer';
    const content = numbered(6 * mebibyte);
    await writeAll(`s3://${BUCKET}/busy`, content, 5 * mebibyte);
    expect(double.objects.get('busy')?.equals(content)).toBe(true);
    expect(refused).toBe(3);
  });

  test('refuses parts that S3 does not allow', () => {
    const make = () => s3ObjectSink(connection, `s3://${BUCKET}/x`, { partBytes: 1000 });
    expect(make).toThrow(expect.objectContaining({ code: 'DATA_OPTION_INVALID' }));
  });
});

describe('a connection that breaks', () => {
  const content = numbered(2 * mebibyte);

  beforeEach(() => {
    double.objects.set('object', content);
  });

  test('is taken up where it broke', async () => {
    let gets = 0;
    double.onRequest = () => (gets++ < 2 ? { resetAfterBytes: 700_000 } : 'answer');
    expect((await readAll(`s3://${BUCKET}/object`)).equals(content)).toBe(true);
    expect(gets).toBe(3);
    const [first, second] = double.requests;
    expect(first!.headers.range).toBeUndefined();
    expect(second!.headers.range).toMatch(/^bytes=\d+-$/);
    expect(second!.headers['if-match']).toMatch(/^"/);
  });

  test('is taken up as well when the server falls silent', async () => {
    connection.close();
    connection = await connect({ timeoutMs: 200 });
    let gets = 0;
    double.onRequest = () => (gets++ === 0 ? { stallAfterBytes: 700_000 } : 'answer');
    expect((await readAll(`s3://${BUCKET}/object`)).equals(content)).toBe(true);
    expect(gets).toBe(2);
  });

  test('throws DATA_FILE_CHANGED when the object was replaced meanwhile', async () => {
    double.onRequest = () => {
      if (double.requests.length > 1) double.objects.set('object', Buffer.from('other'));
      return double.requests.length > 1 ? 'answer' : { resetAfterBytes: 700_000 };
    };
    await expect(readAll(`s3://${BUCKET}/object`)).rejects.toMatchObject({
      code: 'DATA_FILE_CHANGED',
      path: `s3://${BUCKET}/object`,
    });
  });

  test.each([
    ['the whole object', 200, {}],
    ['another part', 206, { 'content-range': 'bytes 0-4/5' }],
  ])(
    'throws DATA_S3_UNAVAILABLE when the server sends %s instead of the rest',
    async (_, status, headers) => {
      const etag = `"${createHash('md5').update(content).digest('hex')}"`;
      const answer = { status, page: '01234', headers: { ...headers, etag } };
      double.onRequest = () => (double.requests.length > 1 ? answer : { resetAfterBytes: 700_000 });
      await expect(readAll(`s3://${BUCKET}/object`)).rejects.toMatchObject({
        code: 'DATA_S3_UNAVAILABLE',
        message: expect.stringContaining('cannot go on') as string,
      });
    },
  );

  test('throws DATA_S3_UNAVAILABLE when it breaks without end', async () => {
    double.onRequest = () => ({ resetAfterBytes: 0 });
    await expect(readAll(`s3://${BUCKET}/object`)).rejects.toMatchObject({
      code: 'DATA_S3_UNAVAILABLE',
    });
  });

  test('stops with the reason of an abort, while bytes are on their way', async () => {
    double.onRequest = () => ({ stallAfterBytes: 700_000 });
    const controller = new AbortController();
    const reason = new Error('enough');
    const stream = await s3ObjectSource(connection, `s3://${BUCKET}/object`).open(controller);
    const reading = (async () => {
      for await (const _ of stream) controller.abort(reason);
    })();
    await expect(reading).rejects.toBe(reason);
  });

  test('lets go of the connection when the iteration is broken off', async () => {
    const stream = await s3ObjectSource(connection, `s3://${BUCKET}/object`).open();
    for await (const _ of stream) break;
    await stream.close();
    expect(double.requests).toHaveLength(1);
  });
});

describe('what the server refuses', () => {
  test.each([
    [
      'another bucket',
      `s3://elsewhere/x`,
      'DATA_S3_NOT_FOUND',
      /no bucket at "s3:\/\/elsewhere\/x"/,
    ],
    [
      'a missing object',
      `s3://${BUCKET}/x`,
      'DATA_S3_NOT_FOUND',
      /no object at "s3:\/\/tables\/x"/,
    ],
  ])('says so of %s', async (_, uri, code, message) => {
    await expect(readAll(uri)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  test.each([
    [403, 'AccessDenied', 'DATA_S3_FORBIDDEN'],
    [403, 'ExpiredToken', 'DATA_S3_FORBIDDEN'],
    [400, 'ExpiredToken', 'DATA_S3_FORBIDDEN'],
    [400, 'InvalidArgument', 'DATA_S3_REQUEST_FAILED'],
    [500, 'InternalError', 'DATA_S3_UNAVAILABLE'],
    [503, 'SlowDown', 'DATA_S3_UNAVAILABLE'],
  ])('turns %i %s into %s', async (status, code, expected) => {
    double.onRequest = () => ({ status, code });
    await expect(readAll(`s3://${BUCKET}/x`)).rejects.toMatchObject({ code: expected });
  });

  test.each([
    [400, 'AuthorizationHeaderMalformed'],
    [301, 'PermanentRedirect'],
  ])('names the region of a bucket that lies elsewhere: %i %s', async (status, code) => {
    const headers = { 'x-amz-bucket-region': 'eu-central-1' };
    double.onRequest = () => ({ status, code, headers });
    await expect(readAll(`s3://${BUCKET}/x`)).rejects.toMatchObject({
      code: 'DATA_S3_REGION',
      region: 'eu-central-1',
    });
  });

  test.each([
    [200, 'DATA_S3_UNAVAILABLE'],
    [403, 'DATA_S3_FORBIDDEN'],
    [407, 'DATA_S3_REQUEST_FAILED'],
    [502, 'DATA_S3_UNAVAILABLE'],
  ])('says that what answers HTTP %i with a web page is not S3', async (status, code) => {
    double.onRequest = () => ({ status, page: '<!DOCTYPE html><body>Sign in<br></body>' });
    await expect(listS3Objects(connection, `s3://${BUCKET}/p/`)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(`HTTP ${status}, and not as S3 does`) as string,
    });
  });

  test('repeats what the server says as one line that no terminal obeys', async () => {
    double.onRequest = () => ({ status: 400, code: `Odd&#27;[2J${'x'.repeat(2000)}\nmore` });
    const error = (await readAll(`s3://${BUCKET}/x`).catch((thrown: unknown) => thrown)) as Error;
    expect(error).toMatchObject({ code: 'DATA_S3_REQUEST_FAILED' });
    expect(error.message).not.toMatch(/\p{Cc}/u);
    expect(error.message.length).toBeLessThan(1200);
  });

  test('refuses a wrong key, and no message holds one', async () => {
    connection.close();
    connection = await connect({
      credentials: async () => ({ ...knownCredentials, secretAccessKey: 'not-the-secret' }),
    });
    const error = (await readAll(`s3://${BUCKET}/x`).catch((thrown: unknown) => thrown)) as Error;
    expect(error).toMatchObject({ code: 'DATA_S3_FORBIDDEN' });
    expect(error.message).toMatch(/SignatureDoesNotMatch/);
    expect(error.message).not.toMatch(/not-the-secret/);
  });

  test('sends no signature when it asks anonymously', async () => {
    connection.close();
    connection = await connect({ credentials: 'anonymous' });
    await expect(readAll(`s3://${BUCKET}/x`)).rejects.toMatchObject({ code: 'DATA_S3_FORBIDDEN' });
    expect(double.requests[0]!.headers.authorization).toBeUndefined();
  });

  test('throws DATA_S3_UNAVAILABLE naming the URI when nobody listens', async () => {
    const gone = await startS3Double();
    await gone.close();
    connection.close();
    connection = await connect({ endpoint: gone.endpoint });
    await expect(readAll(`s3://${BUCKET}/x`)).rejects.toMatchObject({
      code: 'DATA_S3_UNAVAILABLE',
      uri: `s3://${BUCKET}/x`,
    });
  });
});

describe('before anything is sent', () => {
  test.each([
    ['endpoint', 'localhost:9000'],
    ['endpoint', 'no URL'],
    ['region', 'eu central'],
  ])('the %s "%s" is refused', async (option, value) => {
    await expect(connect({ [option]: value })).rejects.toMatchObject({
      code: 'DATA_OPTION_INVALID',
      option,
    });
  });

  test('a region is asked for where neither the caller nor AWS names one', async () => {
    for (const name of ['AWS_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
    for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) {
      vi.stubEnv(name, '/nowhere/aws');
    }
    const connecting = connect({ credentials: 'default-chain' });
    await expect(connecting).rejects.toMatchObject({
      code: 'DATA_OPTION_INVALID',
      message: expect.stringContaining('AWS_REGION') as string,
    });
    vi.unstubAllEnvs();
  });
});

describe('listing a prefix', () => {
  test('gives all objects in order, over several pages, without markers and hidden ones', async () => {
    for (const name of ['p/b.csv', 'p/a.csv', 'p/', 'p/_SUCCESS', 'p/.tmp', 'p/d/c.csv', 'q.csv']) {
      double.objects.set(name, Buffer.from('x'));
    }
    double.objects.set('p/_delta_log/0.json', Buffer.from('x'));
    expect(await listS3Objects(connection, `s3://${BUCKET}/p/`)).toEqual([
      `s3://${BUCKET}/p/a.csv`,
      `s3://${BUCKET}/p/b.csv`,
      `s3://${BUCKET}/p/d/c.csv`,
    ]);
    expect(double.requests.length).toBeGreaterThan(1);
  });

  test('gives keys as they are, whatever signs are in them', async () => {
    const keys = [
      'p/ blanks at its ends .csv',
      'p/a+b%2B%.csv',
      'p/quote\'&<amp>".csv',
      'p/line\nend\ttab\u0001.csv',
      'p/ünïcödé/表\u{1f600}.csv',
      'p//slash.csv',
    ];
    for (const key of keys) double.objects.set(key, Buffer.from('n\n1\n'));
    const listed = await listS3Objects(connection, `s3://${BUCKET}/p/`);
    const names = keys.map((key) => `s3://${BUCKET}/${key}`);
    expect(listed.toSorted()).toEqual(names.toSorted());
    for (const uri of listed) expect((await readAll(uri)).toString()).toBe('n\n1\n');
  });

  test('passes over empty objects, as markers of folders are', async () => {
    for (const name of ['p/dir_$folder$', 'p/empty.csv']) double.objects.set(name, Buffer.alloc(0));
    double.objects.set('p/a.csv', Buffer.from('x'));
    expect(await listS3Objects(connection, `s3://${BUCKET}/p/`)).toEqual([
      `s3://${BUCKET}/p/a.csv`,
    ]);
  });

  test('passes over objects elsewhere that a server lists', async () => {
    const page = { key: 'other/a.csv', sizeBytes: 1 };
    const list = async function* () {
      yield [page, { ...page, key: 'p/a.csv' }];
    };
    expect(await listS3Objects({ ...connection, list }, `s3://${BUCKET}/p/`)).toEqual([
      `s3://${BUCKET}/p/a.csv`,
    ]);
  });

  test.each([
    ['says that it goes on, and not where', ''],
    ['goes round in a circle', '<NextContinuationToken>again</NextContinuationToken>'],
  ])('throws DATA_S3_REQUEST_FAILED where the listing %s', async (_, next) => {
    double.listing = `<ListBucketResult><IsTruncated>true</IsTruncated>${next}</ListBucketResult>`;
    await expect(listS3Objects(connection, `s3://${BUCKET}/p/`)).rejects.toMatchObject({
      code: 'DATA_S3_REQUEST_FAILED',
      message: expect.stringContaining(`s3://${BUCKET}/p/`) as string,
    });
  });

  test('throws DATA_S3_NOT_FOUND for a prefix with nothing under it', async () => {
    double.objects.set('p/_SUCCESS', Buffer.from('x'));
    await expect(listS3Objects(connection, `s3://${BUCKET}/p/`)).rejects.toMatchObject({
      code: 'DATA_S3_NOT_FOUND',
      missing: 'objects under the prefix',
    });
  });
});
