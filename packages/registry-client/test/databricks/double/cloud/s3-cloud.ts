import { createHash, createHmac } from 'node:crypto';
import {
  type CloudAnswer,
  type CloudRequest,
  type CloudState,
  entriesBelow,
  grantProblem,
} from './cloud-exchange.ts';

/** What the bucket is like. */
export interface S3Cloud {
  readonly bucket: string;
  readonly region: string;
  /** The host that it answers at. */
  readonly host: string;
  /** By the id of the access key. */
  readonly secrets: ReadonlyMap<string, { readonly secret: string; readonly token: string }>;
  /** Headers that new files must be written with. */
  readonly encryption: { readonly [name: string]: string };
}

const PAGE = 2;
const LEAST_PART = 5 * 1024 * 1024;
const known = new Set([
  ...['list-type', 'delimiter', 'prefix', 'continuation-token'],
  ...['uploads', 'uploadId', 'partNumber'],
]);

/** A bucket of S3 that checks the signature of every request, and refuses what S3 refuses. */
export function answerS3(state: CloudState, cloud: S3Cloud, request: CloudRequest): CloudAnswer {
  const { method, url, headers, body } = request;
  if (url.host === `${cloud.bucket}.s3.amazonaws.com` && method === 'HEAD') {
    if (headers['authorization'] !== undefined) state.violate('Keys were sent to a guess.');
    return { status: 403, headers: { 'x-amz-bucket-region': cloud.region } };
  }
  if (url.host !== cloud.host) {
    return refuse(301, 'PermanentRedirect', { 'x-amz-bucket-region': cloud.region });
  }
  const query = url.searchParams;
  for (const name of query.keys()) if (!known.has(name)) state.violate(`S3 knows no ${name}.`);
  const key = decodeURIComponent(url.pathname.slice(1));
  const fault = signatureFault(cloud, request);
  if (fault !== undefined) {
    if (fault !== 'InvalidAccessKeyId') state.violate(`S3: ${fault} (${method} ${url.href}).`);
    return refuse(403, fault);
  }
  const id = accessKeyId(headers['authorization']!);
  const writes = method === 'GET' || method === 'HEAD' ? 'no' : 'yes';
  const listed = (query.get('prefix') ?? '').replace(/\/$/, '');
  const problem = grantProblem(state, id, { key: key === '' ? listed : key, writes });
  if (problem === 'expired') return refuse(400, 'ExpiredToken');
  if (problem !== undefined) return refuse(403, 'AccessDenied');

  const uploadId = query.get('uploadId');
  const isNew = (method === 'PUT' && uploadId === null) || query.has('uploads');
  for (const [name, value] of Object.entries(cloud.encryption)) {
    if (isNew && headers[name] !== value) return refuse(403, 'AccessDenied');
    if (!isNew && headers[name] !== undefined) state.violate(`S3: ${name} where it is not taken.`);
  }
  switch (method) {
    case 'GET':
    case 'HEAD': {
      if (key === '') return list(state, query);
      const found = state.files.get(key);
      return found === undefined ? refuse(404, 'NoSuchKey') : { status: 200, body: found };
    }
    case 'PUT': {
      if (uploadId === null) state.files.set(key, body);
      else {
        const upload = state.uploads.get(uploadId);
        if (upload === undefined) return refuse(404, 'NoSuchUpload');
        upload.parts.set(Number(query.get('partNumber')), body);
      }
      return { status: 200, headers: { etag: etagOf(body) } };
    }
    case 'POST': {
      if (query.has('uploads')) {
        const id = `upload ${state.seen.length}&<x>`;
        state.uploads.set(id, { key, parts: new Map() });
        const written = `<UploadId>upload ${state.seen.length}&amp;&lt;x&gt;</UploadId>`;
        return xml(`<InitiateMultipartUploadResult>${written}</InitiateMultipartUploadResult>`);
      }
      return complete(state, uploadId ?? '', body.toString());
    }
    case 'DELETE':
      state.uploads.delete(uploadId ?? '');
      return { status: 204 };
    default:
      return refuse(405, 'MethodNotAllowed');
  }
}

function complete(state: CloudState, uploadId: string, body: string): CloudAnswer {
  const upload = state.uploads.get(uploadId);
  if (upload === undefined) return refuse(404, 'NoSuchUpload');
  const listed = [...body.matchAll(/<Part><PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)</g)];
  const parts = listed.map(([, number, etag]) => {
    const part = upload.parts.get(Number(number));
    return part !== undefined && etag!.replaceAll('&quot;', '"') === etagOf(part)
      ? part
      : undefined;
  });
  if (parts.length === 0 || parts.some((part) => part === undefined)) {
    return refuse(400, 'InvalidPart');
  }
  const whole = parts as Buffer[];
  if (whole.slice(0, -1).some(({ length }) => length < LEAST_PART)) {
    return refuse(400, 'EntityTooSmall');
  }
  state.files.set(upload.key, Buffer.concat(whole));
  state.uploads.delete(uploadId);
  return xml('<CompleteMultipartUploadResult><ETag>"x-2"</ETag></CompleteMultipartUploadResult>');
}

function list(state: CloudState, query: URLSearchParams): CloudAnswer {
  if (query.get('list-type') !== '2' || query.get('delimiter') !== '/') {
    state.violate('S3: a listing of another kind.');
  }
  const after = query.get('continuation-token') ?? '';
  const all = entriesBelow(state.files, query.get('prefix') ?? '').filter(({ key }) => key > after);
  const page = all.slice(0, PAGE);
  const entries = page.map(({ key, sizeBytes }) =>
    sizeBytes === undefined
      ? `<CommonPrefixes><Prefix>${escape(key)}</Prefix></CommonPrefixes>`
      : `<Contents><Key>${escape(key)}</Key><Size>${sizeBytes}</Size></Contents>`,
  );
  const next =
    page.length < all.length
      ? `<NextContinuationToken>${escape(page.at(-1)!.key)}</NextContinuationToken>`
      : '';
  const namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
  return xml(`<ListBucketResult ${namespace}>${next}${entries.join('')}</ListBucketResult>`);
}

function accessKeyId(authorization: string): string {
  return /Credential=([^/]+)\//.exec(authorization)?.[1] ?? '';
}

/** Checks a signature of version 4 from the server's own reading of the request. */
function signatureFault(
  { secrets, region, encryption }: S3Cloud,
  { method, url, headers, body }: CloudRequest,
): string | undefined {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers['authorization'] ?? '',
    );
  if (match === null) return 'MissingSecurityHeader';
  const [, id, date, givenRegion, names, signature] = match as unknown as string[];
  const known = secrets.get(id!);
  if (known === undefined) return 'InvalidAccessKeyId';
  if (givenRegion !== region) return 'AuthorizationHeaderMalformed';
  if (headers['x-amz-security-token'] !== known.token) return 'InvalidToken';
  const hash = headers['x-amz-content-sha256'];
  if (hash !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const mustSign = ['host', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-security-token'];
  const given = Object.keys(headers).filter((name) => Object.hasOwn(encryption, name));
  const signed = names!.split(';');
  if ([...mustSign, ...given].some((name) => !signed.includes(name))) return 'AccessDenied';
  const pairs = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '');
  const canonical = [
    method,
    url.pathname,
    pairs
      .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
      .sort()
      .join('&'),
    ...signed.map((name) => `${name}:${name === 'host' ? url.host : headers[name]!.trim()}`),
    '',
    names,
    hash,
  ].join('\n');
  const scope = `${date}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  let key: string | Buffer = `AWS4${known.secret}`;
  for (const part of [date!, region, 's3', 'aws4_request', text]) {
    key = createHmac('sha256', key).update(part).digest();
  }
  return (key as Buffer).toString('hex') === signature ? undefined : 'SignatureDoesNotMatch';
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function refuse(
  status: number,
  code: string,
  headers: { readonly [name: string]: string } = {},
): CloudAnswer {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>Not today</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml', ...headers }, body };
}

function xml(body: string): CloudAnswer {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
