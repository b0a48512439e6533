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
  const body = request.body as AsyncIterable<Uint8Array> | undefined;
  return body === undefined ? new Uint8Array(0) : upTo(maxBytes, body);
}

/** What Content-Length says; undefined where the body comes in chunks. */
export function announcedBytes({ headers }: FastifyRequest): number | undefined {
  const length = headers['content-length'];
  return length === undefined ? undefined : Number(length);
}

async function* upTo(
  maxBytes: number,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    yield piece;
  }
}

function tooLarge(maxBytes: number): RequestTooLargeError {
  return new RequestTooLargeError('An artifact', maxBytes);
}
