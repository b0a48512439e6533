import type { FastifyInstance } from 'fastify';
import manifest from '../package.json' with { type: 'json' };

/** GET /health answers `OK` as soon as requests are taken; GET /version says which version this is. */
export function registerProbes(fastify: FastifyInstance): void {
  fastify.get('/health', { config: { scope: 'public' } }, async () => 'OK');
  fastify.get('/version', { config: { scope: 'public' } }, async () => manifest.version);
}
