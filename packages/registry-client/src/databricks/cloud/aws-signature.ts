import type { AwsKeys } from './temporary-credentials.ts';

/** A request to sign. */
export interface UnsignedRequest {
  readonly method: string;
  /** Its path and query strictly encoded, the query in the order of its names. */
  readonly url: string;
  /** Besides the host's, which is signed as well. */
  readonly headers: { readonly [name: string]: string };
  readonly body?: Uint8Array;
}

/** As whom, where and when a request is signed. */
export interface SignatureScope {
  readonly keys: Pick<AwsKeys, 'accessKeyId' | 'secretAccessKey'> & Partial<AwsKeys>;
  /** Such as `eu-central-1`. */
  readonly region: string;
  /** Such as `s3`. */
  readonly service: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const encoder = new TextEncoder();

/**
 * The headers of a request with a signature of version 4 over all of them and over the body.
 *
 * @see AWS General Reference, "Signature Version 4"; for S3 "Authenticating Requests (AWS Signature
 *   Version 4)".
 */
export async function signAwsRequest(
  { method, url, headers, body = new Uint8Array() }: UnsignedRequest,
  { keys, region, service, at }: SignatureScope,
): Promise<{ readonly [name: string]: string }> {
  const { host, pathname, search } = new URL(url);
  const time = new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  const digest = hex(await sha256(body));
  const sent = {
    ...headers,
    'x-amz-content-sha256': digest,
    'x-amz-date': time,
    ...(keys.sessionToken ? { 'x-amz-security-token': keys.sessionToken } : {}),
  };
  const signed = Object.entries({ ...sent, host })
    .map(([name, value]) => [name.toLowerCase(), value.trim().replace(/ +/g, ' ')] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const names = signed.map(([name]) => name).join(';');
  const request = [
    method,
    pathname,
    search.slice(1),
    ...signed.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    digest,
  ].join('\n');
  const scope = [time.slice(0, 8), region, service, 'aws4_request'];
  const text = [ALGORITHM, time, scope.join('/'), hex(await sha256(encoder.encode(request)))];
  let key: Uint8Array = encoder.encode(`AWS4${keys.secretAccessKey}`);
  for (const part of scope) key = await hmac(key, part);
  const signature = hex(await hmac(key, text.join('\n')));
  const credential = `${keys.accessKeyId}/${scope.join('/')}`;
  return {
    ...sent,
    authorization: `${ALGORITHM} Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
}

async function hmac(key: Uint8Array, text: string): Promise<Uint8Array> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const raw = key as Uint8Array<ArrayBuffer>;
  const imported = await crypto.subtle.importKey('raw', raw, algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, encoder.encode(text)));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
