import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { python } from './interop-python.ts';

/** A server of S3 in a process of its own. */
export interface ObjectServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Start moto's server on a free port of the loopback, with an empty bucket. */
export async function startMoto(bucket: string): Promise<ObjectServer> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn(python!, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
  });
  await until(async () => (await fetch(`${endpoint}/moto-api/`)).ok, server);
  const made = await fetch(`${endpoint}/${bucket}`, { method: 'PUT' });
  if (!made.ok) throw new Error(`moto makes no bucket: ${await made.text()}`);
  return { endpoint, stop: () => stopProcess(server) };
}

/** A port of the loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** One check takes no longer: an early one may never be answered. */
const checkMs = 5000;

/** Wait, some minutes at most, until a process does what it was started for. */
export async function until(check: () => Promise<boolean>, process: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 360; tries++) {
    if (process.exitCode !== null) throw new Error(`it ended with code ${process.exitCode}`);
    const isReady = await Promise.race([check().catch(() => false), wait(checkMs, false)]);
    if (isReady) return;
    await wait(500);
  }
  await stopProcess(process);
  throw new Error('it did not start within some minutes');
}

/** End a process and wait for its end. */
export async function stopProcess(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null) return;
  const ended = once(process, 'exit');
  process.kill('SIGTERM');
  const killing = setTimeout(() => process.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(killing);
}
