import type { FastifyReply } from 'fastify';

/**
 * Aborted when a client goes away before it has its whole answer. `request.signal` of Fastify is
 * aborted as soon as the request's body has been read, too, while there is still much to do.
 */
export function clientSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort(new Error('The client went away.'));
  });
  return gone.signal;
}
