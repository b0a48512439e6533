import { RemoteRefusedError } from '../remote-errors.ts';
import type { HttpClient, Query } from './http-client.ts';
import type { WireObject } from './wire-values.ts';

/** What every request of a registry on a server needs. */
export interface Remote {
  readonly client: HttpClient;
  readonly now: () => number;
  readonly userId: string;
}

const PREFIX = '/api/2.0/mlflow/';

/** Ask for something by its address and query. */
export function get({ client }: Remote, endpoint: string, query: Query): Promise<WireObject> {
  return client.askJson({ method: 'GET', path: PREFIX + endpoint, query });
}

/** Write what would be the same if it were written twice, or search. */
export function put({ client }: Remote, endpoint: string, body: object): Promise<WireObject> {
  return client.askJson({ method: 'POST', path: PREFIX + endpoint, body, twice: 'harmless' });
}

/** Make something new: sent again only when the server cannot have seen it. */
export function create({ client }: Remote, endpoint: string, body: object): Promise<WireObject> {
  return client.askJson({ method: 'POST', path: PREFIX + endpoint, body });
}

/** Change fields of something. */
export function patch({ client }: Remote, endpoint: string, body: object): Promise<WireObject> {
  return client.askJson({ method: 'PATCH', path: PREFIX + endpoint, body, twice: 'harmless' });
}

/** Remove something. */
export function remove({ client }: Remote, endpoint: string, body: object): Promise<WireObject> {
  return client.askJson({ method: 'DELETE', path: PREFIX + endpoint, body, twice: 'harmless' });
}

/** Whether the server said that something is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof RemoteRefusedError && error.serverCode === 'RESOURCE_DOES_NOT_EXIST';
}

/** Whether the server said that the name is taken. */
export function isTaken(error: unknown): boolean {
  return error instanceof RemoteRefusedError && error.serverCode === 'RESOURCE_ALREADY_EXISTS';
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
