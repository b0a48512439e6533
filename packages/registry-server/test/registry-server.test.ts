import fastify from 'fastify';
import { openRegistry } from '@gnu-mlops/registry-client';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { registryServer } from '../src/index.ts';

it('answers OK to GET /health', async () => {
  const registry = await openRegistry(`sqlite:///${join(temporaryFolder(), 'mlflow.db')}`);
  const server = fastify();
  await server.register(registryServer, { registry });

  const answer = await server.inject({ url: '/health' });

  expect(answer.body).toBe('OK');
  await server.close();
  await registry.close();
});
