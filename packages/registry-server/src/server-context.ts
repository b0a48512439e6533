import type { FastifyRequest } from 'fastify';
import type { Registry } from '@gnu-mlops/registry-client';

/** What the handlers of requests work with. */
export interface ServerContext {
  readonly registry: Registry;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The most bytes of one artifact. */
  readonly maxArtifactBytes: number;
  /** Who the ledger says it was that moved a version to another stage. */
  readonly actorOf: (request: FastifyRequest) => string;
  /** Does one thing after the other for the same key. */
  readonly inTurn: <T>(key: string, work: () => Promise<T>) => Promise<T>;
}
