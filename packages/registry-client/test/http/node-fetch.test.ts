import { type Server, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expectCode, makeCertificate } from '@gnu-mlops/test-kit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createNodeFetch } from '../../src/http/node-fetch.ts';
import { openRegistry } from '../../src/open-registry.ts';

/** A server with a certificate that only its own authority, itself, vouches for. */
async function startServer(): Promise<{ address: string; ca: string }> {
  const { certificate: ca, key } = makeCertificate();
  const server: Server = createServer({ key, cert: ca }, async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { authorization } = request.headers;
    const tags = [{ key: 'seen', value: `${request.url} ${authorization}` }];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ body, run: { info: { run_id: 'a1' }, data: { tags } } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, ca };
}

describe('certificates', () => {
  it('are trusted when their authority was given', async () => {
    const { address, ca } = await startServer();
    const registry = await openRegistry(address, { http: { tls: { ca }, token: 't' } });
    const { tags } = await registry.getRun('a1');
    expect(tags).toEqual({ seen: '/api/2.0/mlflow/runs/get?run_id=a1 Bearer t' });
  });

  it('let a deletion arrive with what is to be deleted', async () => {
    const { address, ca } = await startServer();
    const fetch = createNodeFetch({ ca });
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'DELETE', headers, body: '{"name":"é"}' };
    const answer = await fetch(`${address}/models`, init);
    expect(((await answer.json()) as { body: string }).body).toBe('{"name":"é"}');
  });

  it('are refused otherwise, unless nothing is to be checked', async () => {
    const { address } = await startServer();
    for (const tls of [undefined, { verification: 'full' } as const]) {
      const http = { maxAttempts: 1, ...(tls === undefined ? {} : { tls }) };
      const registry = await openRegistry(address, { http });
      await expectCode(
        registry.getRun('a1'),
        'REGISTRY_REMOTE_UNAVAILABLE',
        'DEPTH_ZERO_SELF_SIGNED_CERT',
      );
    }
    const registry = await openRegistry(address, { http: { tls: { verification: 'off' } } });
    expect((await registry.getRun('a1')).runId).toBe('a1');
  });
});

it('rejects an answer whose status is none, rather than end the process', async () => {
  const { certificate: cert, key } = makeCertificate();
  const server = createServer({ key, cert }, (_request, response) => {
    response.writeHead(999).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(createNodeFetch({ verification: 'off' })(address)).rejects.toThrow(/status/);
});
