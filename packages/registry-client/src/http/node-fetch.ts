import { type RequestOptions, request } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TlsOptions } from './http-options.ts';

/** Statuses whose answers have no body, which a `Response` insists on. */
const EMPTY_STATUSES: readonly number[] = [204, 205, 304];

/**
 * A `fetch` for requests as a registry sends them (a text, bytes or a stream to an `https:` address,
 * no redirects), that checks the server's certificate as it is told: Node's own takes no authority per
 * request.
 */
export function createNodeFetch({
  ca,
  verification = 'full',
}: TlsOptions): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const { method = 'GET', headers, body, signal } = init;
    const options: RequestOptions = {
      method,
      headers: { ...Object.fromEntries(new Headers(headers)), ...lengthOf(body) },
      rejectUnauthorized: verification === 'full',
      ...(ca === undefined ? {} : { ca }),
      ...(signal == null ? {} : { signal }),
    };
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) => reject((signal?.aborted ? signal.reason : error) as Error);
      const sent = request(input as string, options, (answer) => {
        const status = answer.statusCode!;
        const received = new Headers();
        for (let i = 0; i + 1 < answer.rawHeaders.length; i += 2) {
          received.append(answer.rawHeaders[i]!, answer.rawHeaders[i + 1]!);
        }
        const isEmpty = EMPTY_STATUSES.includes(status);
        if (isEmpty) answer.resume();
        const content = isEmpty ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
        try {
          resolve(new Response(content, { status, headers: received }));
        } catch (error) {
          // A status that is none: thrown here, it would end the process.
          sent.destroy();
          fail(error);
        }
      });
      sent.once('error', fail);
      if (body instanceof ReadableStream) {
        pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), sent).catch(
          fail,
        );
      } else {
        sent.end(body as string | Uint8Array | undefined);
      }
    });
  };
}

/** Said outright, as Node says it for some methods only, and a body without it is none. */
function lengthOf(body: RequestInit['body']): { readonly 'content-length'?: string } {
  if (body === undefined || body === null || body instanceof ReadableStream) return {};
  return { 'content-length': String(Buffer.byteLength(body as string | Uint8Array)) };
}
