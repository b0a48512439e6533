import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registryContract } from '@gnu-mlops/test-kit';
import { type Registry, openRegistry } from '@gnu-mlops/registry-client';
import { afterAll, beforeAll, describe } from 'vitest';
import { type RunningRegistryServer, startRegistryServer } from '../src/index.ts';

describe('over HTTP, on this server,', () => {
  const folder = mkdtempSync(join(tmpdir(), 'registry-contract-'));
  let kept: Registry;
  let server: RunningRegistryServer;

  beforeAll(async () => {
    kept = await openRegistry(`sqlite:///${folder}/mlflow.db`);
    const listen = { host: '127.0.0.1', port: 0 };
    server = await startRegistryServer({ registry: kept, listen, rateLimit: 'off' });
  });
  afterAll(async () => {
    await server.stop({ patienceMs: 0 });
    await kept.close();
    rmSync(folder, { recursive: true });
  });

  registryContract('the embedded registry', () => openRegistry(server.url));
});
