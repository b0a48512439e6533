import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import type { ArtifactContent } from '@gnu-mlops/registry-client';
import { RequestTooLargeError } from '../errors.ts';

/**
 * The body of a request that uploads an artifact, as it arrives: whoever reads it sets the pace.
 *
 * @throws {RequestTooLargeError} at once when the size is announced, else when it is reached.
 */
export function receiveArtifact(request: FastifyRequest, maxBytes: number): ArtifactContent {
  const announced = announcedBytes(request);
  if (announced !== undefined && announced > maxBytes) throw tooLarge(maxBytes);
  const body = request.body as Readable | undefined;
  return body === undefined ? new Uint8Array(0) : upTo(maxBytes, body, restOf(request));
}

/** What Content-Length says; undefined where the body comes in chunks. */
export function announcedBytes({ headers }: FastifyRequest): number | undefined {
  const length = headers['content-length'];
  return length === undefined ? undefined : Number(length);
}

async function* upTo(
  maxBytes: number,
  body: Readable,
  rest: 'discarded' | 'awaited',
): AsyncGenerator<Uint8Array, void, undefined> {
  const pieces: AsyncIterable<Uint8Array> = body.iterator({ destroyOnReturn: false });
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      bytes += piece.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      yield piece;
    }
  } finally {
    // A client that sends everything before it reads the answer gets rid of the rest, and reads it.
    body.resume();
    if (rest === 'awaited') await finished(body).catch(() => undefined);
  }
}

/** Where a connection closes with bytes in it that nobody has read, the answer is lost with them. */
function restOf({ raw, headers }: FastifyRequest): 'discarded' | 'awaited' {
  const isKept = raw.httpVersion !== '1.0' && !/\bclose\b/i.test(headers.connection ?? '');
  return isKept ? 'discarded' : 'awaited';
}

function tooLarge(maxBytes: number): RequestTooLargeError {
  return new RequestTooLargeError('An artifact', maxBytes);
}
