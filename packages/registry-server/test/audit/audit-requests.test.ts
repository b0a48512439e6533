import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createFakeClock, temporaryFolder } from '@gnu-mlops/test-kit';
import { fastify } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openAuditLog } from '../../src/audit/audit-log.ts';
import { type AuditScope, auditRequests } from '../../src/audit/audit-requests.ts';
import { verifyAudit } from '../../src/audit/verify-audit.ts';
import { guardRequests } from '../../src/security/request-guard.ts';
import { openTokenStore } from '../../src/security/token-store.ts';

function audited(scope: AuditScope = 'writes') {
  const clock = createFakeClock();
  const folder = join(temporaryFolder(), 'audit');
  const tokens = openTokenStore(join(folder, 'tokens.jsonl'), { now: clock.now });
  const { token, text } = tokens.create({ name: 'ci', scope: 'write' });
  const log = openAuditLog(folder);
  const server = fastify();
  const failures: unknown[] = [];
  onTestFinished(async () => {
    await server.close();
    log.close();
  });
  guardRequests(server, { anonymous: 'refused', tokens });
  auditRequests(server, { log, scope, now: clock.now, onFailure: (error) => failures.push(error) });
  const done: unknown[] = [];
  server.get('/health', { config: { scope: 'public' } }, async () => 'OK');
  server.get('/runs/get', { config: { scope: 'read' } }, async () => ({}));
  server.post('/runs/create', { config: { scope: 'write' } }, async ({ body }) => {
    done.push(body);
    return { run: { info: { run_id: 'a1b2' } } };
  });
  server.put('/artifacts/*', { config: { scope: 'write' } }, async (_request, reply) =>
    reply.code(400).send({}),
  );
  server.delete('/all', { config: { scope: 'admin' } }, async () => ({}));
  const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
    server.inject({
      method,
      url,
      headers: { host: 'localhost', authorization: `Bearer ${text}` },
      ...(payload === undefined ? {} : { payload }),
    });
  const path = join(folder, 'audit.jsonl');
  const entries = () =>
    readFileSync(path, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  return { server, log, folder, path, ask, entries, done, failures, token, text, clock };
}

describe('auditRequests', () => {
  it('tells who wrote what, with ids from request and answer, and nothing of the contents', async () => {
    const { ask, entries, token, text, folder, path, clock } = audited();
    await ask('POST', '/runs/create?x=1', {
      experiment_id: '7',
      name: 'n',
      value: 'private',
      tags: [{ key: 'k', value: 'private' }],
    });
    await ask('PUT', '/artifacts/1/model/MLmodel?password=private');
    expect(entries()).toMatchObject([
      {
        sequence: 1,
        at: new Date(clock.now()).toISOString(),
        actor: `token:${token.id}`,
        address: '127.0.0.1',
        action: 'POST /runs/create',
        target: { experiment_id: '7', name: 'n', run_id: 'a1b2' },
        status: 200,
        outcome: 'done',
      },
      {
        action: 'PUT /artifacts/*',
        target: { path: '1/model/MLmodel' },
        status: 400,
        outcome: 'failed',
      },
    ]);
    const written = readFileSync(path, 'utf8');
    expect(written).not.toContain('private');
    expect(written).not.toContain(text.slice(-43));
    expect((await verifyAudit(folder)).isValid).toBe(true);
  });

  it('tells what was refused, and by whom it was tried', async () => {
    const { server, ask, entries, token } = audited();
    await server.inject({ url: '/runs/get', headers: { host: 'localhost' } });
    await server.inject({ url: '/nothing', headers: { host: 'localhost' } });
    await ask('DELETE', '/all');
    expect(entries()).toMatchObject([
      { actor: 'anonymous', action: 'GET /runs/get', status: 401, outcome: 'refused' },
      { actor: 'anonymous', action: 'GET (no such route)', status: 401, outcome: 'refused' },
      { actor: `token:${token.id}`, action: 'DELETE /all', status: 403, outcome: 'refused' },
    ]);
  });

  it('tells of reading only when asked to, and of probes never', async () => {
    const writes = audited('writes');
    await writes.ask('GET', '/runs/get');
    await writes.ask('POST', '/runs/create', {});
    expect(writes.entries()).toHaveLength(1);
    const all = audited('all');
    await all.ask('GET', '/health');
    await all.ask('GET', '/runs/get?run_id=a1');
    expect(all.entries()).toMatchObject([{ action: 'GET /runs/get', target: { run_id: 'a1' } }]);
  });

  it('counts refusals of a flood instead of telling of each', async () => {
    const { server, ask, entries, clock } = audited();
    for (let i = 0; i < 250; i++) {
      await server.inject({ url: '/runs/get', headers: { host: 'localhost' } });
    }
    expect(entries()).toHaveLength(200);
    clock.advance(1000);
    await ask('POST', '/runs/create', {});
    expect(entries().at(-1)).toMatchObject({ action: 'POST /runs/create', omitted: 50 });
  });

  it('goes on telling of refusals after the clock was set back', async () => {
    const { server, entries, clock } = audited();
    const refuse = () => server.inject({ url: '/runs/get', headers: { host: 'localhost' } });
    await refuse();
    clock.advance(-3_600_000);
    await refuse();
    await refuse();
    expect(entries()).toHaveLength(3);
  });

  it('has its line before the request is answered', async () => {
    const { ask, entries } = audited();
    await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        await ask('POST', '/runs/create', { name: `n${i}` });
        expect(entries().map(({ target }) => target.name)).toContain(`n${i}`);
      }),
    );
  });

  it('changes nothing while it cannot be written, and has told of all once it can', async () => {
    const { ask, entries, done, failures, folder, path } = audited();
    mkdirSync(path);
    // This one is done before anybody can know.
    expect((await ask('POST', '/runs/create', { name: 'first' })).statusCode).toBe(200);
    expect(failures).toMatchObject([{ code: 'SERVER_AUDIT_UNAVAILABLE' }]);
    const refused = await ask('POST', '/runs/create', { name: 'second' });
    expect(refused.statusCode).toBe(503);
    expect(refused.json()).toMatchObject({ error_code: 'TEMPORARILY_UNAVAILABLE' });
    expect((await ask('GET', '/runs/get')).statusCode).toBe(200);
    expect(done).toHaveLength(1);
    rmSync(path, { recursive: true });
    expect((await ask('POST', '/runs/create', { name: 'third' })).statusCode).toBe(200);
    expect(entries()).toMatchObject([
      { status: 200, target: { name: 'first' } },
      { status: 503, outcome: 'failed', target: {} },
      { status: 200, target: { name: 'third' } },
    ]);
    expect(done).toHaveLength(2);
    expect((await verifyAudit(folder)).isValid).toBe(true);
  });
});
