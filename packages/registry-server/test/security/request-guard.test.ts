import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFakeClock, temporaryFolder } from '@gnu-mlops/test-kit';
import { type FastifyInstance, fastify } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRateLimiter } from '../../src/security/rate-limiter.ts';
import { type RequestGuardOptions, guardRequests } from '../../src/security/request-guard.ts';
import { openTokenStore } from '../../src/security/token-store.ts';

function guarded(options: Partial<RequestGuardOptions> = {}) {
  const clock = createFakeClock();
  const tokens = openTokenStore(join(temporaryFolder(), 'tokens.jsonl'), { now: clock.now });
  const server = fastify();
  onTestFinished(() => server.close());
  guardRequests(server, { anonymous: 'refused', tokens, ...options });
  server.get('/health', { config: { scope: 'public' } }, async () => 'OK');
  server.get('/look', { config: { scope: 'read' } }, async ({ caller }) => caller);
  server.post('/write', { config: { scope: 'write' } }, async () => 'written');
  server.delete('/all', { config: { scope: 'admin' } }, async () => 'gone');
  return { server, tokens, clock };
}

function ask(server: FastifyInstance, what: string, headers: Record<string, string> = {}) {
  const [method, url] = what.split(' ') as ['GET', string];
  return server.inject({ method, url, headers: { host: 'localhost', ...headers } });
}

async function statusOf(...asked: Parameters<typeof ask>): Promise<number> {
  return (await ask(...asked)).statusCode;
}

function bearer(text: string): Record<string, string> {
  return { authorization: `Bearer ${text}` };
}

describe('a guarded server', () => {
  it('answers 401 in the form of MLflow without a token, also where there is no route', async () => {
    const { server } = guarded();
    for (const what of ['GET /look', 'POST /write', 'DELETE /all', 'GET /nothing', 'HEAD /look']) {
      expect(await statusOf(server, what)).toBe(401);
    }
    const answer = await ask(server, 'GET /look');
    expect(answer.json()).toEqual({
      error_code: 'UNAUTHENTICATED',
      message: expect.stringContaining('MLFLOW_TRACKING_TOKEN'),
    });
    expect(answer.headers['www-authenticate']).toMatch(/Bearer.*Basic/);
    expect(await statusOf(server, 'GET /health')).toBe(200);
  });

  it.each([
    { scope: 'read', statuses: [200, 403, 403] },
    { scope: 'write', statuses: [200, 200, 403] },
    { scope: 'admin', statuses: [200, 200, 200] },
  ] as const)('lets a token of scope $scope do no more than that', async ({ scope, statuses }) => {
    const { server, tokens } = guarded();
    const { text } = tokens.create({ name: 'ci', scope });
    const found = [];
    for (const what of ['GET /look', 'POST /write', 'DELETE /all']) {
      found.push(await statusOf(server, what, bearer(text)));
    }
    expect(found).toEqual(statuses);
  });

  it('takes the token as password of any user', async () => {
    const { server, tokens } = guarded();
    const { token, text } = tokens.create({ name: 'ci', scope: 'read' });
    const authorization = `Basic ${Buffer.from(`ada:${text}`).toString('base64')}`;
    const answer = await ask(server, 'GET /look', { authorization });
    expect(answer.json()).toEqual({ kind: 'token', tokenId: token.id, name: 'ci', scope: 'read' });
  });

  it('answers 401 from the moment that a token is revoked or expires', async () => {
    const { server, tokens, clock } = guarded();
    const short = tokens.create({ name: 'short', scope: 'read', lifetimeMs: 1000 });
    const revoked = tokens.create({ name: 'revoked', scope: 'read' });
    expect(await statusOf(server, 'GET /look', bearer(short.text))).toBe(200);
    expect(await statusOf(server, 'GET /look', bearer(revoked.text))).toBe(200);
    clock.advance(1000);
    tokens.revoke(revoked.token.id);
    expect(await statusOf(server, 'GET /look', bearer(short.text))).toBe(401);
    expect(await statusOf(server, 'GET /look', bearer(revoked.text))).toBe(401);
  });

  it('trusts who needs no token, but not one who shows a wrong one', async () => {
    const { server } = guarded({ anonymous: 'trusted' });
    expect(await statusOf(server, 'DELETE /all')).toBe(200);
    expect(await statusOf(server, 'GET /look', bearer('wrong'))).toBe(401);
    expect(await statusOf(server, 'GET /look', { authorization: 'Digest x' })).toBe(401);
  });

  it('does not start with a route that declares no scope', async () => {
    const { server } = guarded();
    expect(() => server.get('/open', async () => 'open')).toThrow(
      expect.objectContaining({ code: 'SERVER_ROUTE_SCOPE_MISSING' }),
    );
  });

  it('lets nobody in while tokens cannot be read, and does not say why', async () => {
    const { server, tokens } = guarded();
    const { text } = tokens.create({ name: 'ci', scope: 'admin' });
    appendFileSync(tokens.path, 'garbage\n');
    const answer = await ask(server, 'GET /look', bearer(text));
    expect(answer.statusCode).toBe(503);
    expect(answer.body).not.toContain(tokens.path);
  });

  it('is not passed by another spelling of a path', async () => {
    const { server } = guarded();
    for (const url of ['/look/', '//look', '/LOOK', '/%6cook', '/look?x', '/look;x', '/./look']) {
      expect([401, 404]).toContain(await statusOf(server, `GET ${url}`));
    }
  });

  it('serves no name that it does not go by, and any address in digits', async () => {
    const { server } = guarded({ anonymous: 'trusted', allowedHosts: ['mlops.example.org'] });
    for (const host of [
      'localhost:5000',
      '127.0.0.1',
      '[::1]:5000',
      '10.1.2.3',
      'mlops.example.org',
    ]) {
      expect(await statusOf(server, 'GET /look', { host })).toBe(200);
    }
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      'evil.example#localhost',
      'a b',
    ]) {
      const answer = await ask(server, 'GET /look', { host });
      expect(answer.statusCode).toBe(403);
      expect(answer.json().error_code).toBe('PERMISSION_DENIED');
    }
    expect(await statusOf(server, 'GET /health', { host: 'evil.example' })).toBe(200);
  });

  it('serves no page of another site', async () => {
    const { server } = guarded({ anonymous: 'trusted' });
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:8080', host: 'localhost:5000' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      expect(await statusOf(server, 'POST /write', headers as never)).toBe(403);
      expect(await statusOf(server, 'GET /look', headers as never)).toBe(403);
    }
    const own = { origin: 'http://localhost:5000', host: 'localhost:5000' };
    expect(await statusOf(server, 'POST /write', own)).toBe(200);
    expect(await statusOf(server, 'POST /write', { 'sec-fetch-site': 'same-origin' })).toBe(200);
  });

  it('tells browsers that pages of an allowed origin may use it, and no others', async () => {
    const { server, tokens } = guarded({ allowedOrigins: ['https://app.example'] });
    const asking = { 'access-control-request-method': 'POST' };
    const yes = await ask(server, 'OPTIONS /write', { origin: 'https://app.example', ...asking });
    expect(yes.statusCode).toBe(204);
    expect(yes.headers['access-control-allow-origin']).toBe('https://app.example');
    const no = await ask(server, 'OPTIONS /write', { origin: 'https://evil.example', ...asking });
    expect(no.statusCode).toBe(403);
    expect(no.headers['access-control-allow-origin']).toBeUndefined();
    const { text } = tokens.create({ name: 'page', scope: 'read' });
    const read = await ask(server, 'GET /look', {
      origin: 'https://app.example',
      ...bearer(text),
    });
    expect(read.statusCode).toBe(200);
    expect(read.headers['access-control-allow-origin']).toBe('https://app.example');
  });

  it('answers 429 with the seconds to wait when a token asks too often', async () => {
    let at = 0;
    const requests = createRateLimiter({ perSecond: 0.5, burst: 2 }, () => at);
    const { server, tokens } = guarded({ requests });
    const [mine, other] = ['a', 'b'].map((name) => tokens.create({ name, scope: 'read' }).text);
    await ask(server, 'GET /look', bearer(mine!));
    await ask(server, 'GET /look', bearer(mine!));
    const answer = await ask(server, 'GET /look', bearer(mine!));
    expect(answer.statusCode).toBe(429);
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.json().error_code).toBe('REQUEST_LIMIT_EXCEEDED');
    expect(await statusOf(server, 'GET /look', bearer(other!))).toBe(200);
    at = 2000;
    expect(await statusOf(server, 'GET /look', bearer(mine!))).toBe(200);
  });

  it('answers 429 to an address that guesses, and still lets a valid token of it in', async () => {
    const failures = createRateLimiter({ perSecond: 1, burst: 2 }, () => 0);
    const { server, tokens } = guarded({ failures });
    const { text } = tokens.create({ name: 'ci', scope: 'read' });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push(await statusOf(server, 'GET /look', bearer('guess')));
    expect(statuses).toEqual([401, 401, 429, 429]);
    expect(await statusOf(server, 'GET /look', bearer(text))).toBe(200);
  });
});
