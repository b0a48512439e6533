import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { signatureFault } from './verify-signature.ts';

/** A request as the double saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly sizeBytes: number;
}

/** What the double does instead of answering a request; `answer` lets it answer as usual. */
export type Fault =
  | 'answer'
  | { readonly status: number; readonly code: string; readonly headers?: Record<string, string> }
  /** Whatever stands there. */
  | { readonly status: number; readonly page: string; readonly headers?: Record<string, string> }
  | { readonly resetAfterBytes: number }
  | { readonly stallAfterBytes: number };

/** An S3 server in this process, for one bucket, that refuses what a strict server refuses. */
export interface S3Double {
  readonly endpoint: string;
  readonly objects: Map<string, Buffer>;
  /** Parts of uploads that are neither completed nor aborted, by upload. */
  readonly uploads: Map<string, Map<number, Buffer>>;
  readonly requests: SeenRequest[];
  /** What is answered instead of any listing. */
  listing: string | undefined;
  /** Objects of one page of a listing. */
  pageKeys: number;
  /** Asked for every request, in order. */
  onRequest: (request: SeenRequest) => Fault;
  close(): Promise<void>;
}

export const BUCKET = 'tables';
const region = 'eu-central-1';

/** Start a double on a free port of the loopback. */
export async function startS3Double(): Promise<S3Double> {
  const server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => {
      response.destroy(error as Error);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const double: S3Double = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects: new Map(),
    uploads: new Map(),
    requests: [],
    listing: undefined,
    pageKeys: 3,
    onRequest: () => 'answer',
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const seen: SeenRequest = {
      method: request.method!,
      url: request.url!,
      headers: request.headers,
      sizeBytes: body.length,
    };
    double.requests.push(seen);
    const fault = double.onRequest(seen);
    if (fault !== 'answer' && 'page' in fault) {
      return void response.writeHead(fault.status, fault.headers).end(fault.page);
    }
    if (fault !== 'answer' && 'status' in fault) {
      return refuse(response, fault.status, fault.code, fault.headers);
    }
    const refusal = faultOf(request, body);
    if (refusal !== undefined) return refuse(response, refusal.status, refusal.code);
    return answer({ request, response, body, fault });
  }

  function answer(exchange: Exchange): void {
    const { request, response, body } = exchange;
    const [path, query] = request.url!.split('?');
    const search = new URLSearchParams(query);
    const [, bucket, ...rest] = path!.split('/');
    if (bucket !== BUCKET) return refuse(response, 404, 'NoSuchBucket');
    const key = decodeURIComponent(rest.join('/'));
    const uploadId = search.get('uploadId');
    switch (request.method) {
      case 'GET':
        return search.has('list-type')
          ? list(response, search)
          : send(exchange, double.objects.get(key));
      case 'PUT':
        if (uploadId === null) double.objects.set(key, body);
        else {
          const parts = double.uploads.get(uploadId);
          if (parts === undefined) return refuse(response, 404, 'NoSuchUpload');
          parts.set(Number(search.get('partNumber')), body);
        }
        return void response.writeHead(200, { etag: etagOf(body) }).end();
      case 'POST':
        return uploadId === null
          ? start(response)
          : finish(response, { key, uploadId, body: body.toString() });
      case 'DELETE':
        if (uploadId === null) double.objects.delete(key);
        else double.uploads.delete(uploadId);
        return void response.writeHead(204).end();
      default:
        return refuse(response, 405, 'MethodNotAllowed');
    }
  }

  function start(response: ServerResponse): void {
    const id = `upload-${double.requests.length}`;
    double.uploads.set(id, new Map());
    xml(
      response,
      `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
    );
  }

  function finish(
    response: ServerResponse,
    upload: { key: string; uploadId: string; body: string },
  ): void {
    const parts = double.uploads.get(upload.uploadId);
    if (parts === undefined) return refuse(response, 404, 'NoSuchUpload');
    const listed = [...upload.body.matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)];
    const contents = listed.map(([, number]) => parts.get(Number(number)));
    const isWhole = contents.length > 0 && contents.every((content) => content !== undefined);
    if (!isWhole) return refuse(response, 400, 'InvalidPart');
    const isTooSmall = contents.slice(0, -1).some((content) => content.length < 5 * 1024 * 1024);
    if (isTooSmall) return refuse(response, 400, 'EntityTooSmall');
    double.objects.set(upload.key, Buffer.concat(contents));
    double.uploads.delete(upload.uploadId);
    xml(
      response,
      '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>',
    );
  }

  function list(response: ServerResponse, query: URLSearchParams): void {
    if (double.listing !== undefined) return xml(response, double.listing);
    const prefix = query.get('prefix') ?? '';
    const after = query.get('continuation-token') ?? '';
    const keys = [...double.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    const rest = keys.filter((key) => key > after);
    const page = rest.slice(0, double.pageKeys);
    const isTruncated = rest.length > page.length;
    const isEncoded = query.get('encoding-type') === 'url';
    xml(
      response,
      `<ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>` +
        (isEncoded ? '<EncodingType>url</EncodingType>' : '') +
        (isTruncated
          ? `<NextContinuationToken>${escape(page.at(-1)!)}</NextContinuationToken>`
          : '') +
        page
          .map((key) => {
            const size = double.objects.get(key)!.length;
            const name = isEncoded ? encodeForm(key) : escape(key);
            return `<Contents><Key>${name}</Key><Size>${size}</Size></Contents>`;
          })
          .join('') +
        '</ListBucketResult>',
    );
  }
  return double;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
  readonly fault: Fault;
}

/** What a strict server refuses before it looks at the request's meaning. */
function faultOf(
  request: IncomingMessage,
  body: Buffer,
): { status: number; code: string } | undefined {
  const { headers } = request;
  const isChunked = /STREAMING/.test(String(headers['x-amz-content-sha256']));
  const hasTrailer = headers['x-amz-trailer'] !== undefined;
  if (isChunked || hasTrailer) return { status: 501, code: 'NotImplemented' };
  const code = signatureFault(request, body);
  if (code !== undefined) return { status: 403, code };
  const sum = headers['content-md5'];
  if (request.method === 'PUT' && sum === undefined) return { status: 400, code: 'InvalidRequest' };
  const isIntact = sum === undefined || sum === createHash('md5').update(body).digest('base64');
  return isIntact ? undefined : { status: 400, code: 'BadDigest' };
}

function send({ request, response, fault }: Exchange, content: Buffer | undefined): void {
  if (content === undefined) return refuse(response, 404, 'NoSuchKey');
  const etag = etagOf(content);
  const wanted = request.headers['if-match'];
  if (wanted !== undefined && wanted !== etag) return refuse(response, 412, 'PreconditionFailed');
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const rest = content.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, {
    etag,
    'content-length': rest.length,
    ...(from > 0 && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
  });
  if (fault === 'answer') return void response.end(rest);
  if ('resetAfterBytes' in fault) {
    response.write(rest.subarray(0, fault.resetAfterBytes), () => {
      setTimeout(() => response.socket?.resetAndDestroy(), 20);
    });
  } else if ('stallAfterBytes' in fault) {
    response.write(rest.subarray(0, fault.stallAfterBytes));
  }
}

function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/xml', ...headers });
  const place = /Malformed|Redirect/.test(code) ? `<Region>${region}</Region>` : '';
  response.end(
    `<Error><Code>${code}</Code><Message>${code}, says the double</Message>${place}</Error>`,
  );
}

function xml(response: ServerResponse, content: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>${content}`);
}

function etagOf(content: Buffer): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}

/** As forms have it, which is how S3 encodes keys. */
function encodeForm(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1).replaceAll('%2F', '/');
}

function escape(text: string): string {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
