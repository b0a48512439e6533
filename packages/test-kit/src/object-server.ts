import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A server in this process that keeps the objects of one bucket, and lets anybody read and write. */
export interface ObjectServer {
  readonly endpoint: string;
  /** By key. */
  readonly objects: Map<string, Buffer>;
  /** Parts of uploads that were neither finished nor dropped, by upload. */
  readonly uploads: Map<string, Map<number, Buffer>>;
  /** Asked for every request: what to refuse it with, or undefined to answer. */
  refuse: (request: { readonly method: string; readonly url: string }) => number | undefined;
  close(): Promise<void>;
}

/** The name of its bucket. */
export const OBJECT_BUCKET = 'tables';

/** Start one on a free port of the loopback: as much of S3 as writing and reading tables takes. */
export async function startObjectServer(): Promise<ObjectServer> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Map<number, Buffer>>();
  const http = createServer((request, response) => {
    void (async () => {
      const content = await buffer(request);
      const { method = '', url = '' } = request;
      const refused = server.refuse({ method, url });
      if (refused !== undefined) return fail(response, refused, 'Refused');
      const { pathname, searchParams } = new URL(url, server.endpoint);
      const [, bucket, ...rest] = pathname.split('/');
      if (bucket !== OBJECT_BUCKET) return fail(response, 404, 'NoSuchBucket');
      answer(response, {
        ...{ method, searchParams, content },
        key: decodeURIComponent(rest.join('/')),
        parts: uploads.get(searchParams.get('uploadId') ?? ''),
      });
    })().catch((error: unknown) => response.destroy(error as Error));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const server: ObjectServer = {
    endpoint: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    objects,
    uploads,
    refuse: () => undefined,
    async close() {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };

  function answer(response: ServerResponse, asked: AskedObject): void {
    const { method, key, searchParams, content, parts } = asked;
    const uploadId = searchParams.get('uploadId');
    if (method === 'GET' && searchParams.has('list-type')) {
      return list(response, searchParams.get('prefix') ?? '');
    }
    if (method === 'GET') {
      const found = objects.get(key);
      if (found === undefined) return fail(response, 404, 'NoSuchKey');
      const head = { etag: etagOf(found), 'content-length': found.length };
      return void response.writeHead(200, head).end(found);
    }
    if (uploadId !== null && parts === undefined) return fail(response, 404, 'NoSuchUpload');
    if (method === 'PUT') {
      if (parts === undefined) objects.set(key, content);
      else parts.set(Number(searchParams.get('partNumber')), content);
      return void response.writeHead(200, { etag: etagOf(content) }).end();
    }
    if (method === 'DELETE') {
      if (uploadId === null) objects.delete(key);
      else uploads.delete(uploadId);
      return void response.writeHead(204).end();
    }
    if (parts === undefined) {
      const id = `upload-${uploads.size + 1}`;
      uploads.set(id, new Map());
      const name = 'InitiateMultipartUploadResult';
      return xml(response, `<${name}><UploadId>${id}</UploadId></${name}>`);
    }
    const inOrder = [...parts].sort(([a], [b]) => a - b).map(([, part]) => part);
    objects.set(key, Buffer.concat(inOrder));
    uploads.delete(uploadId!);
    const name = 'CompleteMultipartUploadResult';
    xml(response, `<${name}><ETag>"whole"</ETag></${name}>`);
  }

  function list(response: ServerResponse, prefix: string): void {
    const found = [...objects].filter(([key]) => key.startsWith(prefix)).sort();
    const entries = found.map(
      ([key, { length }]) => `<Contents><Key>${key}</Key><Size>${length}</Size></Contents>`,
    );
    const name = 'ListBucketResult';
    const count = `<KeyCount>${found.length}</KeyCount>`;
    xml(response, `<${name}><IsTruncated>false</IsTruncated>${count}${entries.join('')}</${name}>`);
  }
  return server;
}

interface AskedObject {
  readonly method: string;
  readonly key: string;
  readonly searchParams: URLSearchParams;
  readonly content: Buffer;
  /** Of the upload that the request names. */
  readonly parts: Map<number, Buffer> | undefined;
}

function etagOf(content: Buffer): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}

function fail(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

function xml(response: ServerResponse, content: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>${content}`);
}
