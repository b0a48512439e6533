import type { FastifyRequest } from 'fastify';
import type { Registry } from '@gnu-mlops/registry-client';

/** What the handlers of requests share. */
export interface SharedContext {
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

/** What the handler of one request works with. */
export interface ServerContext extends SharedContext {
  /** Aborted when the client goes away before it has its answer. */
  readonly signal: AbortSignal;
}
