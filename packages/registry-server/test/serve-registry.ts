import { join } from 'node:path';
import { fastify } from 'fastify';
import { type Registry, openRegistry } from '@gnu-mlops/registry-client';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { onTestFinished } from 'vitest';
import { type RegistryServerOptions, registryServer } from '../src/index.ts';

/** An answer of the server under test. */
export interface Answer {
  readonly status: number;
  readonly json: Readonly<Record<string, never>>;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

type Headers = Readonly<Record<string, string>>;
type Parameters = Readonly<Record<string, unknown>>;

/** The plugin on a server of its own, asked without a network. */
export interface Served {
  readonly registry: Registry;
  /** GET below `/api/2.0/mlflow/`, or at an address that begins with `/`. */
  get(path: string, query?: Parameters): Promise<Answer>;
  /** POST JSON, or send it by another method. */
  send(path: string, body: unknown, method?: 'POST' | 'PATCH' | 'DELETE'): Promise<Answer>;
  /** PUT bytes. */
  put(path: string, bytes: string, headers?: Headers): Promise<Answer>;
  /** POST bytes. */
  post(path: string, bytes: string, headers: Headers): Promise<Answer>;
}

/** Serve an empty registry, or the one that is given, until the test ends. */
export async function serveRegistry(options: Partial<RegistryServerOptions> = {}): Promise<Served> {
  const { registry = await openRegistry(`sqlite:///${join(temporaryFolder(), 'mlflow.db')}`) } =
    options;
  const server = fastify();
  await server.register(registryServer, { ...options, registry });
  onTestFinished(async () => {
    await server.close();
    await registry.close();
  });
  const at = (path: string) => (path.startsWith('/') ? path : `/api/2.0/mlflow/${path}`);
  const ask = async (request: object): Promise<Answer> => {
    const answer = await server.inject(request);
    const isJson = String(answer.headers['content-type']).startsWith('application/json');
    return {
      status: answer.statusCode,
      json: isJson ? answer.json() : {},
      text: answer.body,
      headers: answer.headers,
    };
  };
  return {
    registry,
    get: (path, query = {}) => ask({ method: 'GET', url: at(path), query }),
    send: (path, body, method = 'POST') =>
      ask({
        method,
        url: at(path),
        payload: body,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' } }),
      }),
    put: (path, bytes, headers = {}) =>
      ask({ method: 'PUT', url: at(path), payload: bytes, headers }),
    post: (path, bytes, headers) => ask({ method: 'POST', url: at(path), payload: bytes, headers }),
  };
}
