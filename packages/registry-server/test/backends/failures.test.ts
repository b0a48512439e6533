import { once } from 'node:events';
import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openRegistry } from '@gnu-mlops/registry-client';
import { expect, it, onTestFinished } from 'vitest';
import { startRegistryServer } from '../../src/index.ts';

const down = 'down';

/** Ask a server of ours before another one for a run. */
async function askBefore(behind: RequestListener | typeof down) {
  const other = createServer(behind === down ? () => {} : behind).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  if (behind === down) await new Promise((done) => other.close(done));
  const registry = await openRegistry(`http://127.0.0.1:${port}`, {
    http: { maxAttempts: 2, random: () => 0 },
  });
  const server = await startRegistryServer({ registry, listen: { host: '127.0.0.1', port: 0 } });
  onTestFinished(async () => {
    other.closeAllConnections();
    other.close();
    await server.stop({ patienceMs: 0 });
    await registry.close();
  });
  const answer = await fetch(`${server.url}/api/2.0/mlflow/runs/get?run_id=abc`);
  const { error_code: code, message } = (await answer.json()) as Record<string, string>;
  return { answered: [answer.status, code], message };
}

function refuse(status: number, body: object | string): RequestListener {
  return (_request, response) => {
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

it.each([
  ['is down', down, [503, 'TEMPORARILY_UNAVAILABLE']],
  ['fails', refuse(500, { error_code: 'INTERNAL_ERROR' }), [503, 'TEMPORARILY_UNAVAILABLE']],
  ['has too much to do', refuse(429, {}), [503, 'TEMPORARILY_UNAVAILABLE']],
  ['does not know our credentials', refuse(401, {}), [502, 'INTERNAL_ERROR']],
  ['does not allow it to us', refuse(403, {}), [403, 'PERMISSION_DENIED']],
  ['is none of MLflow', refuse(200, '<html>'), [502, 'INTERNAL_ERROR']],
  [
    'has no such run',
    refuse(404, { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'Gone.' }),
    [404, 'RESOURCE_DOES_NOT_EXIST'],
  ],
  [
    'refuses for a reason of its own',
    refuse(400, { error_code: 'BAD_REQUEST', message: 'Not on Sundays.' }),
    [400, 'BAD_REQUEST'],
  ],
] as const)('says so in the form of MLflow when the server behind it %s', async (_, behind, is) => {
  const { answered, message } = await askBefore(behind);
  expect(answered).toEqual(is);
  expect(message).toMatch(/[a-z]{4}.*\.$/);
});
