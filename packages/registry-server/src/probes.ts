import type { FastifyInstance } from 'fastify';

/** GET /health answers `OK` as soon as requests are taken; GET /version says which one this is. */
export function registerProbes(fastify: FastifyInstance): void {
  fastify.get('/health', { config: { scope: 'public' } }, async () => 'OK');
}
