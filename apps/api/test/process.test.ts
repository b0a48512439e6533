import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SOURCE_FLAGS, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import type { LogLine } from './start-service.ts';

const program = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** The service in a process of its own. */
async function spawnService(cwd: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [...SOURCE_FLAGS, program], {
    cwd,
    env: { PATH: process.env['PATH'], GNU_MLOPS_SERVER_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  for await (const text of createInterface(child.stdout!)) {
    const line = JSON.parse(text) as LogLine;
    if (line.msg !== 'ready') continue;
    child.stdout!.resume();
    return { child, url: line['url'] as string };
  }
  throw new Error('The service did not start.');
}

/** An upload whose second half is sent by hand. */
function beginUpload(url: string): ClientRequest {
  const sending = request(`${url}/api/2.0/mlflow-artifacts/artifacts/notes.txt`, {
    method: 'PUT',
    headers: { 'content-length': '10' },
  });
  sending.write('first');
  return sending;
}

it('finishes the requests that came before SIGTERM, takes no others, and ends with code 0', async () => {
  const folder = temporaryFolder();
  const { child, url } = await spawnService(folder);
  const sending = beginUpload(url);
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
  // Until the service has seen it.
  await setTimeout(300);
  child.kill('SIGTERM');
  while (await answers(url)) await setTimeout(10);
  expect(child.exitCode).toBeNull();
  sending.end(' half');
  const [{ statusCode }] = await answered;
  expect(statusCode).toBe(200);
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(readdirSync(folder).filter((name) => /-(wal|shm)$/.test(name))).toEqual([]);
  // Sooner than connections are cut that do not end: nobody waits for one that is only kept.
}, 25_000);

it('ends at once with code 130 at the second signal', async () => {
  const { child, url } = await spawnService(temporaryFolder());
  const sending = beginUpload(url);
  sending.on('error', () => {});
  await setTimeout(300);
  child.kill('SIGTERM');
  while (await answers(url)) await setTimeout(10);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([130, null]);
});

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/live`, { headers: { connection: 'close' } })).ok;
  } catch {
    return false;
  }
}
