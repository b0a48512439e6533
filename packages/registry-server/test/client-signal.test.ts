import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type CallOptions, type Registry, openRegistry } from '@gnu-mlops/registry-client';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { startRegistryServer } from '../src/index.ts';

/** A server over a registry that searches for as long as it is let. */
async function serveSlowly() {
  const registry = await openRegistry(`sqlite:///${join(temporaryFolder(), 'mlflow.db')}`);
  const searches: AbortSignal[] = [];
  const failures: unknown[] = [];
  const slow: Registry = {
    ...registry,
    async searchRuns(_request: unknown, { signal }: CallOptions = {}) {
      searches.push(signal!);
      await setTimeout(200, undefined, { signal: signal! });
      return { items: [] };
    },
  };
  const server = await startRegistryServer({
    registry: slow,
    listen: { host: '127.0.0.1', port: 0 },
    onFailure: (error) => failures.push(error),
  });
  onTestFinished(async () => {
    await server.stop({ patienceMs: 0 });
    await registry.close();
  });
  return { url: `${server.url}/api/2.0/mlflow/runs/search`, searches, failures };
}

const body = '{"experiment_ids": ["0"]}';
const headers = { 'content-type': 'application/json' };

it('lets a registry finish what takes long after the request was read', async () => {
  const { url, searches } = await serveSlowly();
  const answer = await fetch(url, { method: 'POST', headers, body });
  expect([answer.status, await answer.json()]).toEqual([200, {}]);
  await setTimeout(20);
  expect(searches.map(({ aborted }) => aborted)).toEqual([false]);
});

it('ends what a client no longer waits for, which is no failure of the server', async () => {
  const { url, searches, failures } = await serveSlowly();
  const asked = request(url, { method: 'POST', headers });
  asked.on('error', () => {});
  asked.end(body);
  while (searches.length === 0) await setTimeout(5);
  asked.destroy();
  await once(searches[0]!, 'abort');
  await setTimeout(20);
  expect(failures).toEqual([]);
});
