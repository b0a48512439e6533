import type { FastifyInstance } from 'fastify';

/** GET /health answers `OK` as soon as requests are taken. */
export function registerProbes(fastify: FastifyInstance): void {
  fastify.get('/health', async () => 'OK');
}
