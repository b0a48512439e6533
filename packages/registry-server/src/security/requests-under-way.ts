import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Requests that have no answer yet, also where nobody waits for it any more. */
export interface RequestsUnderWay {
  /** Wait until there are none, or some time is over. */
  ended(patienceMs: number): Promise<void>;
}

/**
 * Keep an eye on requests until all that is done for their answer is done: a connection that is cut is
 * gone at once, but not what works for it. To be called behind whatever else adds hooks to answers.
 */
export function watchRequests(fastify: FastifyInstance): RequestsUnderWay {
  const underWay = new Set<FastifyRequest>();
  let tellEnd = () => {};

  fastify.addHook('onRequest', async (request) => {
    underWay.add(request);
  });
  fastify.addHook('onSend', async (request, _reply, payload) => {
    underWay.delete(request);
    if (underWay.size === 0) tellEnd();
    return payload;
  });
  return {
    async ended(patienceMs) {
      if (underWay.size === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patienceMs);
        tellEnd = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
}
