import type { FastifyInstance } from 'fastify';
import type { Registry } from '@gnu-mlops/registry-client';
import manifest from '../package.json' with { type: 'json' };
import { createReadiness } from './readiness.ts';

/**
 * What supervisors ask, without a token; none of it tells more than it is asked.
 *
 * - GET /health, as MLflow's, and /health/live answer `OK` as soon as requests are taken.
 * - GET /health/ready answers `OK` when the registry does, else 503: send requests elsewhere.
 * - GET /version says which version this is.
 */
export function registerProbes(fastify: FastifyInstance, registry: Registry): void {
  const isReady = createReadiness(registry);
  const config = { scope: 'public' } as const;
  fastify.get('/health', { config }, async () => 'OK');
  fastify.get('/health/live', { config }, async () => 'OK');
  fastify.get('/health/ready', { config }, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    if (await isReady()) return 'OK';
    return reply.code(503).send('The registry does not answer.');
  });
  fastify.get('/version', { config }, async () => manifest.version);
}
