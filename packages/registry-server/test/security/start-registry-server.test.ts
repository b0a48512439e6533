import { request as httpsRequest } from 'node:https';
import { type Socket, connect } from 'node:net';
import { join } from 'node:path';
import { openRegistry } from '@gnu-mlops/registry-client';
import { makeCertificate, temporaryFolder } from '@gnu-mlops/test-kit';
import { type FastifyInstance, fastify } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openAuditLog } from '../../src/audit/audit-log.ts';
import { verifyAudit } from '../../src/audit/verify-audit.ts';
import { registryServer } from '../../src/registry-server.ts';
import { guardRequests } from '../../src/security/request-guard.ts';
import {
  type RegistryServiceOptions,
  startRegistryServer,
} from '../../src/security/start-registry-server.ts';
import { openTokenStore } from '../../src/security/token-store.ts';

async function started(options: Partial<RegistryServiceOptions> = {}) {
  const folder = temporaryFolder();
  const registry = await openRegistry(`sqlite:///${join(folder, 'mlflow.db')}`);
  onTestFinished(() => registry.close());
  const tokens = openTokenStore(join(folder, 'tokens.jsonl'));
  const all = { registry, tokens, listen: { host: '127.0.0.1', port: 0 }, ...options };
  const start = async () => {
    const server = await startRegistryServer(all);
    onTestFinished(() => server.stop());
    return server;
  };
  return { folder, registry, tokens, start };
}

async function statusOf(url: string, token?: string): Promise<number> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return (await fetch(url, { headers })).status;
}

const SEARCH = '/api/2.0/mlflow/experiments/search?max_results=1';

interface WalkedRoute {
  readonly method: string;
  readonly url: string;
  readonly scope: string | undefined;
}

/** A guarded server with every route of the plugin, and the list of them. */
async function walkable(): Promise<{
  server: FastifyInstance;
  routes: WalkedRoute[];
  read: string;
}> {
  const folder = temporaryFolder();
  const registry = await openRegistry(`sqlite:///${join(folder, 'mlflow.db')}`);
  const tokens = openTokenStore(join(folder, 'tokens.jsonl'));
  const server = fastify({ routerOptions: { maxParamLength: 16_384 } });
  onTestFinished(async () => {
    await server.close();
    await registry.close();
  });
  const routes: WalkedRoute[] = [];
  server.addHook('onRoute', ({ method, url, config }) => {
    for (const each of [method].flat()) routes.push({ method: each, url, scope: config?.scope });
  });
  guardRequests(server, { anonymous: 'refused', tokens });
  await server.register(registryServer, { registry });
  return { server, routes, read: tokens.create({ name: 'reader', scope: 'read' }).text };
}

function ask(server: FastifyInstance, { method, url }: WalkedRoute, token?: string) {
  return server.inject({
    method: method as 'GET',
    url: url.replace(/:\w+(\(.*?\))?/g, 'x').replace('*', 'x'),
    headers: { host: 'localhost', ...(token && { authorization: `Bearer ${token}` }) },
  });
}

describe('every route of the server', () => {
  it('is closed to whoever has no token, but for the probes', async () => {
    const { server, routes } = await walkable();
    expect(routes.length).toBeGreaterThan(50);
    const open: string[] = [];
    for (const route of routes) {
      const { statusCode } = await ask(server, route);
      if (statusCode !== 401) open.push(`${route.url} ${statusCode}`);
    }
    expect(
      open.filter(
        (route) => !/^\/(health|health\/live|health\/ready|version|ping) 200$/.test(route),
      ),
    ).toEqual([]);
    for (const probe of ['', '/live', '/ready']) expect(open).toContain(`/health${probe} 200`);
  });

  it('that writes is closed to a token that may only read', async () => {
    const { server, routes, read } = await walkable();
    const open: string[] = [];
    for (const route of routes.filter(({ scope }) => scope === 'write' || scope === 'admin')) {
      const { statusCode } = await ask(server, route, read);
      if (statusCode !== 403) open.push(`${route.method} ${route.url} ${statusCode}`);
    }
    expect(open).toEqual([]);
  });

  it('asks for more than reading when its path says that it changes something', async () => {
    const { routes } = await walkable();
    const changing =
      /\/(create|delete|update|restore|rename|log-[a-z]+|set-[a-z-]+|transition-stage)\b/;
    const wrong = routes.filter(
      ({ url, method, scope }) =>
        method !== 'HEAD' &&
        (changing.test(url) || /PUT|PATCH|DELETE/.test(method)) &&
        scope === 'read' &&
        !url.endsWith('/*'),
    );
    expect(wrong).toEqual([]);
  });
});

describe('startRegistryServer', () => {
  it('asks for no token on loopback, also of pages of this machine', async () => {
    const { start } = await started({ allowedOrigins: ['http://localhost:3000'] });
    const { url, isTokenRequired } = await start();
    expect(isTokenRequired).toBe(false);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await statusOf(`${url}/health`)).toBe(200);
    expect(await statusOf(url + SEARCH)).toBe(200);
  });

  it.each([
    { where: 'on another address', options: { listen: { host: '0.0.0.0', port: 0 } } },
    { where: 'when told so', options: { withoutToken: 'nobody' } },
    { where: 'when it goes by a name of its own', options: { allowedHosts: ['a.example'] } },
    { where: 'when pages may use it', options: { allowedOrigins: ['https://a.example'] } },
    { where: 'when any page may use it', options: { allowedOrigins: ['*'] } },
  ] as const)('asks for a token $where, and does not start without one', async ({ options }) => {
    const { start, tokens } = await started(options);
    await expect(start()).rejects.toMatchObject({ code: 'SERVER_TOKEN_REQUIRED' });
    const { token, text } = tokens.create({ name: 'ci', scope: 'read' });
    const { port, isTokenRequired } = await start();
    const url = `http://127.0.0.1:${port}`;
    expect(isTokenRequired).toBe(true);
    expect(await statusOf(`${url}/health`)).toBe(200);
    expect(await statusOf(url + SEARCH)).toBe(401);
    expect(await statusOf(url + SEARCH, text)).toBe(200);
    tokens.revoke(token.id);
    expect(await statusOf(url + SEARCH, text)).toBe(401);
  });

  it('throws SERVER_LISTEN_FAILED for a port that is taken, and an address that is not ours', async () => {
    const { start } = await started();
    const { port } = await start();
    const second = await started({ listen: { host: '127.0.0.1', port } });
    await expect(second.start()).rejects.toMatchObject({
      code: 'SERVER_LISTEN_FAILED',
      message: expect.stringContaining(`port ${port}: another program`),
    });
    const elsewhere = await started({ listen: { host: '192.0.2.1', port: 0 } });
    elsewhere.tokens.create({ name: 'ci', scope: 'read' });
    await expect(elsewhere.start()).rejects.toMatchObject({ code: 'SERVER_LISTEN_FAILED' });
  });

  it('speaks TLS with a certificate, and throws SERVER_CERTIFICATE_INVALID for what is none', async () => {
    const { certificate: cert, key } = makeCertificate();
    const tls = { key, cert };
    const { start } = await started({ tls });
    const { url } = await start();
    const status = await new Promise((resolve, reject) => {
      const asked = httpsRequest(
        `${url}/health`,
        { ca: tls.cert, servername: 'localhost' },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      asked.on('error', reject).end();
    });
    expect(status).toBe(200);
    const wrong = await started({ tls: { key: tls.cert, cert: tls.key } });
    await expect(wrong.start()).rejects.toMatchObject({ code: 'SERVER_CERTIFICATE_INVALID' });
  });

  it('finishes what it was asked before it stops, and takes no more', async () => {
    const { start } = await started();
    const { port, url, stop } = await start();
    const { socket, answer } = await halfSent(port);
    const stopped = stop();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    socket.write('"x"}');
    expect(await answer).toMatch(/^HTTP\/1\.1 200/);
    await stopped;
  });

  it('cuts a request that does not end', async () => {
    const { start } = await started();
    const { port, stop } = await start();
    const { answer } = await halfSent(port);
    await stop({ patienceMs: 50 });
    expect(await answer).not.toMatch(/200/);
  });

  it('is done with requests that it cut once it has stopped', async () => {
    const folder = join(temporaryFolder(), 'audit');
    const log = openAuditLog(folder);
    const failures: unknown[] = [];
    const onFailure = (error: unknown) => void failures.push(error);
    const { start } = await started({ audit: { log, scope: 'writes' }, onFailure });
    const { port, stop } = await start();
    const answers = await Promise.all([halfSent(port), halfSent(port)]);

    await stop({ patienceMs: 50 });
    log.close();

    await Promise.all(answers.map(({ answer }) => answer));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(failures).toEqual([]);
    expect((await verifyAudit(folder)).entryCount).toBe(2);
  });

  it('answers 413 in the form of MLflow to a body that is too large', async () => {
    const { start } = await started({ maxRequestBytes: 1000 });
    const { url } = await start();
    const answer = await fetch(`${url}/api/2.0/mlflow/experiments/create`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'x'.repeat(2000) }),
    });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toEqual({
      error_code: expect.any(String),
      message: expect.any(String),
    });
  });
});

/** A request of which the last 4 bytes are missing, and the answer to it once the connection ends. */
async function halfSent(port: number): Promise<{ socket: Socket; answer: Promise<string> }> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => (text += chunk));
  const answer = new Promise<string>((resolve) => socket.on('close', () => resolve(text)));
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(
    'POST /api/2.0/mlflow/experiments/create HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n' +
      'content-type: application/json\r\ncontent-length: 12\r\n\r\n{"name":',
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  return { socket, answer };
}
