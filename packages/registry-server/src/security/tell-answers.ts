import type { FastifyInstance } from 'fastify';
import { callerName } from './caller.ts';

/** What is to be known of a request that was answered; nothing of what it held. */
export interface AnswerFacts {
  readonly method: string;
  /** As it was declared, such as `/api/2.0/mlflow-artifacts/artifacts/*`; null: there is none. */
  readonly route: string | null;
  readonly status: number;
  readonly durationMs: number;
  /** Where from. */
  readonly address: string;
  /** `token:<id>`, `local` (no token needed) or `anonymous` (none given). */
  readonly caller: string;
}

/** Tell of every request once it is answered, but for probes. To be called before any route. */
export function tellAnswers(fastify: FastifyInstance, tell: (facts: AnswerFacts) => void): void {
  fastify.addHook('onResponse', async (request, reply) => {
    const { method, is404, routeOptions, ip } = request;
    if (!is404 && routeOptions.config.scope === 'public') return;
    tell({
      method,
      route: is404 ? null : (routeOptions.url ?? null),
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
      address: ip,
      caller: callerName(request.caller),
    });
  });
}
