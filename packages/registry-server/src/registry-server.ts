import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Registry } from '@gnu-mlops/registry-client';
import { answerToError } from './error-answer.ts';
import { createTurns } from './in-turn.ts';
import { registerProbes } from './probes.ts';
import { registerRoutes } from './register-routes.ts';

/** What the plugin serves, and how much of it at once. */
export interface RegistryServerOptions {
  /** Where experiments, runs and models are kept. The plugin does not close it. */
  readonly registry: Registry;
  /** Who the ledger says it was that moved a version to another stage; default: `MLflow client`. */
  readonly actorOf?: (request: FastifyRequest) => string;
  /** Milliseconds since the epoch; default: the clock of the machine. */
  readonly now?: () => number;
  /** The most bytes of a request that is no artifact; default: 32 MiB. */
  readonly maxRequestBytes?: number;
  /** The most bytes of one artifact; default: no limit but the disk's. */
  readonly maxArtifactBytes?: number;
}

/**
 * MLflow's REST API over a registry, as a Fastify plugin:
 * `fastify.register(registryServer, { registry })`. Every route says in `config.scope` what it needs;
 * the plugin itself asks nobody who he is.
 */
export async function registryServer(
  fastify: FastifyInstance,
  options: RegistryServerOptions,
): Promise<void> {
  const context = {
    registry: options.registry,
    now: options.now ?? Date.now,
    actorOf: options.actorOf ?? (() => 'MLflow client'),
    maxArtifactBytes: options.maxArtifactBytes ?? Infinity,
    inTurn: createTurns(),
  };
  fastify.setErrorHandler((error, request, reply) => {
    const { status, errorCode, message } = answerToError(error);
    // A client that went away before its answer is no failure.
    const isHeard = !reply.raw.destroyed;
    if (status >= 500 && isHeard) request.log.error({ err: error }, 'a request failed');
    return reply.code(status).send({ error_code: errorCode, message });
  });
  registerProbes(fastify, options.registry);
  registerRoutes(fastify, context, options.maxRequestBytes ?? 32 * 1024 * 1024);
}
