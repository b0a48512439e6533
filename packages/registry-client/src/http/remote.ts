import { OperationUnsupportedError } from '../store-errors.ts';
import { RemoteAnswerError, RemoteRefusedError } from '../remote-errors.ts';
import type { ArtifactStore } from './artifact-store.ts';
import type { HttpClient, Query } from './http-client.ts';
import type { ModelStore } from './model-store.ts';
import type { WireObject } from './wire-values.ts';

/** What requests go through. */
export interface Wire {
  readonly client: HttpClient;
}

/** What every part of a registry on a server needs. */
export interface Remote extends Wire {
  readonly now: () => number;
  readonly userId: string;
  readonly models: ModelStore;
  readonly artifacts: ArtifactStore;
  /** The experiment that ledgers are kept in. */
  readonly ledgerExperiment: string;
}

const PREFIX = '/api/2.0/mlflow/';

/** Ask for something by its address and query. */
export function get(
  { client }: Wire,
  endpoint: string,
  query: Query,
  signal?: AbortSignal,
): Promise<WireObject> {
  return client.askJson({ method: 'GET', path: PREFIX + endpoint, query, signal });
}

/** How the databases behind MLflow servers say that two wrote the same row at once. */
const RACED = /unique constraint|duplicate (key|entry)/i;
const MOST_RACES = 3;

/**
 * Write what would be the same if it were written twice, or search. MLflow looks whether a row is there
 * before it writes it, and refuses who comes second between the two: asked again, it finds the row.
 */
export async function put(
  { client }: Wire,
  endpoint: string,
  body: object,
  signal?: AbortSignal,
): Promise<WireObject> {
  const path = PREFIX + endpoint;
  for (let races = 0; ; races++) {
    try {
      return await client.askJson({ method: 'POST', path, body, twice: 'harmless', signal });
    } catch (error) {
      const isRaced = error instanceof RemoteRefusedError && RACED.test(error.serverMessage);
      if (!isRaced || races === MOST_RACES) throw error;
    }
  }
}

/** Make something new: sent again only when the server cannot have seen it. */
export function create({ client }: Wire, endpoint: string, body: object): Promise<WireObject> {
  return client.askJson({ method: 'POST', path: PREFIX + endpoint, body });
}

/** Change fields of something. */
export function patch({ client }: Wire, endpoint: string, body: object): Promise<WireObject> {
  return client.askJson({ method: 'PATCH', path: PREFIX + endpoint, body, twice: 'harmless' });
}

/** Remove something. */
export function remove({ client }: Wire, endpoint: string, body: object): Promise<WireObject> {
  return client.askJson({ method: 'DELETE', path: PREFIX + endpoint, body, twice: 'harmless' });
}

/**
 * What an answer is about.
 *
 * @throws {RemoteAnswerError} where it is not in it: what answered is no MLflow server.
 */
export function entityIn({ client }: Wire, answer: WireObject, field: string): WireObject {
  const entity = answer[field];
  if (typeof entity === 'object' && entity !== null) return entity as WireObject;
  throw new RemoteAnswerError(client.server, `it gave an answer without "${field}".`);
}

/** Whether the server said that something is not there. */
export function isMissing(error: unknown): boolean {
  if (!(error instanceof RemoteRefusedError)) return false;
  return error.serverCode === 'RESOURCE_DOES_NOT_EXIST' || error.serverCode === 'NOT_FOUND';
}

/** Whether the server said that the name is taken. */
export function isTaken(error: unknown): boolean {
  if (!(error instanceof RemoteRefusedError)) return false;
  return error.serverCode === 'RESOURCE_ALREADY_EXISTS' || error.serverCode === 'ALREADY_EXISTS';
}

/** The value, or undefined where the server said that it is not there. */
export async function orMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The value, or another error in place of the server's refusal. */
export async function orFail<T>(
  asked: Promise<T>,
  translate: (refusal: RemoteRefusedError) => Error | undefined | Promise<Error | undefined>,
): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof RemoteRefusedError)) throw error;
    throw (await translate(error)) ?? error;
  }
}

/**
 * The value; where the server does not know the address at all, an error that says so.
 *
 * @throws {OperationUnsupportedError} on a server older than what is asked of it.
 */
export async function orUnsupported<T>(
  { client }: Wire,
  operation: string,
  asked: Promise<T>,
): Promise<T> {
  return orFail(asked, ({ status, serverCode }) => {
    const isUnknown = serverCode === '' || serverCode === 'ENDPOINT_NOT_FOUND';
    if (!isUnknown || (status !== 404 && status !== 405)) return undefined;
    const reason = 'its MLflow does not offer it; MLflow 3 does. Upgrade the server.';
    return new OperationUnsupportedError(operation, client.server, reason);
  });
}
