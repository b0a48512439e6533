import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { isGnuMlopsError } from '@gnu-mlops/core';
import { makeCertificate } from '@gnu-mlops/test-kit';
import { openRegistry } from '../../../src/open-registry.ts';
import { artifactRoutes } from './artifact-routes.ts';
import type { CloudAnswer, CloudRequest } from './cloud/cloud-exchange.ts';
import { ORIGINAL_URL } from './cloud/cloud-fetch.ts';
import { type Cloud, type CloudOptions, createCloud } from './cloud/create-cloud.ts';
import type { DoubleRequest, DoubleRoutes } from './double-route.ts';
import { extraShapes } from './extra-shapes.ts';
import { filesRoutes } from './files-routes.ts';
import { Refusal, invalid } from './refusal.ts';
import {
  type MessageShapes,
  type RequestShape,
  matchShape,
  problemOfFields,
  readQuery,
} from './request-shape.ts';
import { answerSigned } from './storage-requests.ts';
import { type Storage, type StorageType, createStorage } from './storage.ts';
import { trackingRoutes } from './tracking-routes.ts';
import { type UnityStorage, createUnityCatalog } from './unity-catalog.ts';
import { unityMlflowRoutes } from './unity-mlflow-routes.ts';
import { unityNativeRoutes } from './unity-native-routes.ts';
import { workspaceRoutes } from './workspace-routes.ts';

/** What the double is to be like. */
export interface DoubleOptions {
  /** A folder of the test's own. */
  readonly folder: string;
  /** Every so many requests one is turned away with 429; default: none. */
  readonly tooManyEvery?: number;
  /** How many requests a token of OAuth is good for; default: any number. */
  readonly tokenUses?: number;
  /** Whether files of models go through the Files API; default `signed`. */
  readonly modelFiles?: 'files-api' | 'signed';
  /** Whose storage models lie in; default: the service's own. */
  readonly modelStorage?: 'DEFAULT_STORAGE' | 'CUSTOMER_HOSTED';
  /** The customer's, in which models lie then. Without it the service has no keys to give. */
  readonly cloud?: CloudOptions;
  /** Instead of both: where models lie in a storage that the test has made. */
  readonly unityStorage?: UnityStorage;
  /** Whose storage artifacts lie in, by signed addresses; default Amazon's. */
  readonly artifactStorage?: StorageType;
}

/** A double of a Databricks workspace on loopback, with encryption. */
export interface DatabricksDouble {
  readonly address: string;
  /** The authority of its certificate, in PEM form. */
  readonly ca: string;
  /** A personal token. */
  readonly token: string;
  readonly principal: { readonly clientId: string; readonly clientSecret: string };
  /** What was wrong with requests that no client may send: empty after every good test. */
  readonly violations: string[];
  /** Every request, as `METHOD path`. */
  readonly seen: readonly string[];
  /** The customer's cloud, where there is one. */
  readonly cloud: Cloud | undefined;
  /** What signed addresses lead to. */
  readonly storage: Storage;
  stop(): Promise<void>;
}

const shapesFile = JSON.parse(
  readFileSync(new URL('request-shapes.json', import.meta.url), 'utf8'),
) as { readonly requests: readonly RequestShape[]; readonly messages: MessageShapes };
const shapes = [...shapesFile.requests, ...extraShapes];
const PAGE = 3;

/**
 * Start a double. It checks the shape of every request against the published protocol, and notes
 * what is wrong in `violations` besides refusing it.
 */
export async function startDouble(options: DoubleOptions): Promise<DatabricksDouble> {
  const { tooManyEvery = Infinity, tokenUses = Infinity, modelFiles = 'signed' } = options;
  const store = await openRegistry(`sqlite:///${options.folder}/double.db`);
  const storage = createStorage(() => address, options.artifactStorage);
  const catalog = createUnityCatalog();
  const token = `dapi${randomBytes(16).toString('hex')}`;
  const principal = { clientId: 'principal-1', clientSecret: 'hush-é-secret' };
  const tokens = new Map<string, number>([[token, Infinity]]);
  const violations: string[] = [];
  const seen: string[] = [];

  const cloud =
    options.cloud && createCloud(options.cloud, (problem) => void violations.push(problem));
  const folderOf = (name: string, version: number) => `${name}/${version}`;
  const { modelStorage = cloud === undefined ? 'DEFAULT_STORAGE' : 'CUSTOMER_HOSTED' } = options;
  const unityStorage: UnityStorage = options.unityStorage ?? {
    location: (name, version) =>
      cloud?.location(folderOf(name, version)) ?? `s3://managed/${folderOf(name, version)}`,
    grant: (name, version, purpose) =>
      cloud?.grant(folderOf(name, version), purpose) ?? {
        expiration_time: Date.now(),
        storage_mode: modelStorage,
      },
  };
  const page = <T>(request: DoubleRequest, items: readonly T[]) => {
    const offset = Number(request.fields['page_token'] ?? 0);
    const end = offset + Math.min(PAGE, Number(request.fields['max_results'] ?? PAGE));
    const some = items.slice(offset, end);
    return end < items.length ? { items: some, token: String(end) } : { items: some };
  };
  const routes: DoubleRoutes = {
    ...trackingRoutes(store),
    ...artifactRoutes(store, storage),
    ...workspaceRoutes(store, storage),
    ...unityMlflowRoutes(catalog, { page, storage: unityStorage }),
    ...unityNativeRoutes(catalog, { page, storage: unityStorage }),
    ...filesRoutes(storage),
    'GET /api/2.0/mlflow/unity-catalog/registered-models:is-databricks-sdk-models-artifact-repository-enabled':
      () => ({
        is_databricks_sdk_models_artifact_repository_enabled: modelFiles === 'files-api',
      }),
  };

  function violate(problem: string): Refusal {
    violations.push(problem);
    return invalid(problem);
  }
  function checkToken(header: string): void {
    const given = /^Bearer (.+)$/.exec(header)?.[1] ?? '';
    const left = tokens.get(given);
    if (left === undefined || left <= 0) throw new Refusal(401, 'UNAUTHENTICATED', 'Bad token.');
    tokens.set(given, left - 1);
  }
  function grantToken(header: string, body: string): object {
    const basic = Buffer.from(`${principal.clientId}:${principal.clientSecret}`).toString('base64');
    if (header !== `Basic ${basic}`) throw new Refusal(401, 'invalid_client', 'Unknown client.');
    if (body !== 'grant_type=client_credentials&scope=all-apis') {
      throw violate(`The token was asked for by ${body}`);
    }
    const granted = randomBytes(16).toString('hex');
    tokens.set(granted, tokenUses);
    return { access_token: granted, token_type: 'Bearer', expires_in: 3600, scope: 'all-apis' };
  }
  function asCloudRequest(request: IncomingMessage, url: URL, body: Buffer): CloudRequest {
    const headers = request.headers as CloudRequest['headers'];
    return { method: request.method!, url, headers, body };
  }
  function readFields(
    { shape, parts }: NonNullable<ReturnType<typeof matchShape>>,
    { request, url, body }: { request: IncomingMessage; url: URL; body: Buffer },
  ): DoubleRequest {
    const where = `${shape.method} ${shape.path}`;
    const type = request.headers['content-type'];
    const takesQuery = shape.method === 'GET' || shape.method === 'HEAD' || shape.body === 'bytes';
    let given = readQuery(shape, url.searchParams);
    if (shape.body === 'bytes') {
      if (type !== 'application/octet-stream') throw violate(`${where}: sent as ${type}.`);
    } else if (takesQuery) {
      if (body.length > 0) throw violate(`${where}: it has a body.`);
    } else if (body.length > 0) {
      if (url.search !== '') throw violate(`${where}: it has a query.`);
      if (type !== 'application/json') throw violate(`${where}: sent as ${type}.`);
      given = JSON.parse(body.toString()) as typeof given;
    }
    const inPath = Object.fromEntries(
      Object.entries(parts).map(([name, value]) => {
        return [name, shape.fields[name] === 'int' ? Number(value) : value];
      }),
    );
    const known = shape.path.includes('{*') ? {} : inPath;
    const problem = problemOfFields(shape, { ...given, ...known }, shapesFile.messages);
    if (problem !== undefined) throw violate(`${where}: ${problem}.`);
    return { fields: { ...given, ...inPath }, bytes: body };
  }

  /** What clouds are asked comes here as well, and says where it should have gone. */
  function answerCloud(request: IncomingMessage, body: Buffer): CloudAnswer | undefined {
    const original = request.headers[ORIGINAL_URL];
    if (typeof original === 'string') {
      if (cloud === undefined) throw violate(`There is no cloud to ask for ${original}.`);
      return cloud.answer(asCloudRequest(request, new URL(original), body));
    }
    const url = new URL(request.url!, address);
    if (url.pathname !== '/storage/file') return undefined;
    seen.push(`${request.method} ${url.pathname}`);
    return answerSigned(storage, asCloudRequest(request, url, body), violate);
  }
  async function answer(request: IncomingMessage, body: Buffer): Promise<object | Buffer> {
    const url = new URL(request.url!, address);
    seen.push(`${request.method} ${url.pathname}`);
    const header = request.headers.authorization ?? '';
    if (url.pathname === '/oidc/v1/token') return grantToken(header, body.toString());
    checkToken(header);
    if (seen.length % tooManyEvery === 0) throw new Refusal(429, 'REQUEST_LIMIT_EXCEEDED', 'Slow.');
    const matched = matchShape(shapes, request.method!, url.pathname);
    if (matched === undefined) throw violate(`There is no ${request.method} ${url.pathname}.`);
    const fields = readFields(matched, { request, url, body });
    const route = routes[`${matched.shape.method} ${matched.shape.path}`];
    if (route === undefined) throw new Error(`The double lacks ${matched.shape.path}.`);
    return route(fields);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body: Buffer;
    try {
      body = await buffer(request);
    } catch {
      // Who asked has broken off.
      return;
    }
    try {
      const given = answerCloud(request, body);
      if (given !== undefined) {
        const length = given.body === undefined ? 0 : Buffer.byteLength(given.body);
        if (given.status !== 204) response.setHeader('content-length', length);
        response.writeHead(given.status, given.headers);
        // A connection that breaks off before all has been sent.
        if (isTorn(given.body)) response.write(given.body.subarray(1), () => response.destroy());
        else response.end(given.body);
        return;
      }
      const answered = await answer(request, body);
      const isBytes = Buffer.isBuffer(answered);
      response.setHeader('content-type', isBytes ? 'application/octet-stream' : 'application/json');
      response.end(isBytes ? answered : JSON.stringify(answered));
    } catch (error) {
      const refusal = asRefusal(error);
      if (refusal === undefined) violations.push(String((error as Error).stack));
      const { status, code, message } = refusal ?? new Refusal(500, 'INTERNAL_ERROR', 'Broken.');
      if (status === 429) response.setHeader('retry-after', '0');
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error_code: code, message }));
    }
  }

  const { certificate, key } = makeCertificate();
  const server = createServer({ key, cert: certificate }, (request, response) => {
    void handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address,
    ca: certificate,
    token,
    principal,
    violations,
    seen,
    cloud,
    storage,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.close();
    },
  };
}

/** Marked by a test. */
function isTorn(body: CloudAnswer['body']): body is Buffer {
  return Buffer.isBuffer(body) && 'isTorn' in body;
}

/** The embedded registry's errors in the words of the service. */
function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (!isGnuMlopsError(error)) return undefined;
  const { code, message } = error;
  if (code.endsWith('_NOT_FOUND')) return new Refusal(404, 'RESOURCE_DOES_NOT_EXIST', message);
  if (code === 'REGISTRY_ALREADY_EXISTS') {
    return new Refusal(400, 'RESOURCE_ALREADY_EXISTS', message);
  }
  if (code === 'REGISTRY_PAGE_TOKEN_INVALID') return invalid('Invalid page_token.');
  if (code === 'REGISTRY_PARAM_CONFLICT') {
    return invalid('Param was already logged with another value.');
  }
  return invalid(message);
}
