import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registryContract } from '@gnu-mlops/test-kit';
import { type Registry, openRegistry } from '@gnu-mlops/registry-client';
import { afterAll, beforeAll, describe } from 'vitest';
import { type RunningRegistryServer, startRegistryServer } from '../../src/index.ts';

const listen = { host: '127.0.0.1', port: 0 };

describe('over HTTP, on a server before another server of ours,', () => {
  const folder = mkdtempSync(join(tmpdir(), 'registry-contract-'));
  const registries: Registry[] = [];
  const servers: RunningRegistryServer[] = [];

  async function serve(uri: string): Promise<string> {
    const registry = await openRegistry(uri);
    registries.push(registry);
    const server = await startRegistryServer({ registry, listen, rateLimit: 'off' });
    servers.push(server);
    return server.url;
  }

  beforeAll(async () => {
    await serve(await serve(`sqlite:///${folder}/mlflow.db`));
  });
  afterAll(async () => {
    for (const server of servers.reverse()) await server.stop({ patienceMs: 0 });
    for (const registry of registries.reverse()) await registry.close();
    rmSync(folder, { recursive: true });
  });

  registryContract('the embedded registry', () => openRegistry(servers[1]!.url), {
    refuses: ['collectGarbage'],
  });
});
