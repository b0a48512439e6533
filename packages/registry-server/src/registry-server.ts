import type { FastifyInstance } from 'fastify';
import type { Registry } from '@gnu-mlops/registry-client';
import { registerProbes } from './probes.ts';

/** What the plugin serves, and how much of it at once. */
export interface RegistryServerOptions {
  /** Where experiments, runs and models are kept. The plugin does not close it. */
  readonly registry: Registry;
}

/**
 * MLflow's REST API over a registry, as a Fastify plugin:
 * `fastify.register(registryServer, { registry })`.
 */
export async function registryServer(
  fastify: FastifyInstance,
  _options: RegistryServerOptions,
): Promise<void> {
  registerProbes(fastify);
}
