import { afterEach, beforeEach, expect, test } from 'vitest';
import { listS3Objects } from '../../src/s3/list-s3-objects.ts';
import { openS3Connection } from '../../src/s3/open-s3-connection.ts';
import type { S3Connection } from '../../src/s3/s3-connection.ts';
import { s3ObjectSink } from '../../src/s3/s3-object-sink.ts';
import { s3ObjectSource } from '../../src/s3/s3-object-source.ts';
import { deepText } from '../deep-text.ts';
import { BUCKET, type Fault, type S3Double, startS3Double } from './s3-double.ts';
import { knownCredentials } from './verify-signature.ts';

const uri = `s3://${BUCKET}/x`;
const sessionToken = 'HUSH+session/token==';
let double: S3Double;
let connection: S3Connection;

beforeEach(async () => {
  double = await startS3Double();
  connection = await openS3Connection({
    endpoint: double.endpoint,
    credentials: { ...knownCredentials, sessionToken },
    maxAttempts: 1,
    timeoutMs: 100,
  });
  double.objects.set('x', Buffer.alloc(100_000));
});

afterEach(async () => {
  connection.close();
  await double.close();
});

async function read(): Promise<void> {
  for await (const _ of await s3ObjectSource(connection, uri).open()) continue;
}

async function write(): Promise<void> {
  const sink = s3ObjectSink(connection, uri, { partBytes: 5 * 2 ** 20 });
  await sink.write(Buffer.alloc(6 * 2 ** 20));
  await sink.commit();
}

/** As AWS answers where a signature is wrong: with all that was signed. */
const signed = `<Error><Code>SignatureDoesNotMatch</Code><Message>Wrong.</Message>
  <StringToSign>${sessionToken}</StringToSign>
  <CanonicalRequest>x-amz-security-token:${sessionToken}</CanonicalRequest></Error>`;

const faults: readonly [string, Fault, string][] = [
  ['a refusal', { status: 403, code: 'AccessDenied' }, 'DATA_S3_FORBIDDEN'],
  ['a refusal that repeats what was signed', { status: 403, page: signed }, 'DATA_S3_FORBIDDEN'],
  ['an absence', { status: 404, code: 'NoSuchKey' }, 'DATA_S3_NOT_FOUND'],
  ['another region', { status: 301, code: 'PermanentRedirect' }, 'DATA_S3_REGION'],
  ['a rejection', { status: 400, code: 'InvalidRequest' }, 'DATA_S3_REQUEST_FAILED'],
  ['too many requests', { status: 503, code: 'SlowDown' }, 'DATA_S3_UNAVAILABLE'],
  ['a web page', { status: 502, page: '<!DOCTYPE html><body><br>' }, 'DATA_S3_UNAVAILABLE'],
];

test.each(
  faults.flatMap(([what, fault, code]) =>
    [read, write, () => listS3Objects(connection, `${uri}/`)].map(
      (ask) => [what, code, fault, ask] as const,
    ),
  ),
)('an error for %s holds no secret at any depth: %s', async (_, code, fault, ask) => {
  double.onRequest = () => fault;
  await expectNoSecret(ask, code);
});

test.each([{ resetAfterBytes: 0 }, { stallAfterBytes: 0 }])(
  'an error for a download that breaks off holds no secret at any depth: %j',
  async (fault) => {
    double.onRequest = () => fault;
    await expectNoSecret(read, 'DATA_S3_UNAVAILABLE');
  },
);

test('an error for a server that is not there holds no secret at any depth', async () => {
  const { endpoint } = double;
  await double.close();
  double = await startS3Double();
  connection.close();
  const credentials = { ...knownCredentials, sessionToken };
  connection = await openS3Connection({ endpoint, credentials, maxAttempts: 1 });
  const { cause } = await expectNoSecret(read, 'DATA_S3_UNAVAILABLE');
  expect(cause).toMatchObject({ code: 'ECONNREFUSED' });
});

test('the cause of an error says what helps to find out why', async () => {
  const headers = { 'x-amz-request-id': 'REQ1', 'x-amz-id-2': 'EXT2' };
  double.onRequest = () => ({ status: 403, code: 'AccessDenied', headers });
  const { cause } = await expectNoSecret(read, 'DATA_S3_FORBIDDEN');
  expect(cause).toMatchObject({
    name: 'AccessDenied',
    message: 'AccessDenied, says the double',
    status: 403,
    requestId: 'REQ1',
    extendedRequestId: 'EXT2',
    stack: expect.stringMatching(/\n {4}at /) as string,
  });
});

async function expectNoSecret(ask: () => Promise<unknown>, code: string): Promise<Error> {
  const error = (await ask().catch((thrown: unknown) => thrown)) as Error;
  expect(error).toMatchObject({ code });
  expect(deepText(error)).not.toMatch(/HUSH|secret\/with|Signature=|AWS4-HMAC/);
  return error;
}
