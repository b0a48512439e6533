import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A server of its own, over a SQLite file in a folder. */
export interface ServerProcess {
  readonly address: string;
  /** Milliseconds from its start until it answered GET /health. */
  readonly readyMs: number;
  /** Resident memory of all its processes, what they share counted once; millions of bytes. */
  memoryMb(): number;
  stop(): Promise<void>;
}

/** How to start one: its command, given a folder and a port. */
export interface ServerKind {
  readonly name: string;
  readonly command: string;
  readonly parameters: (folder: string, port: number) => readonly string[];
}

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** The command as it is published, built when something in it changed. */
export function builtServer(): ServerKind {
  const nx = `${repository}node_modules/nx/dist/bin/nx.js`;
  execFileSync(process.execPath, [nx, 'run', 'cli:build'], { cwd: repository, stdio: 'ignore' });
  return {
    name: 'gnu-mlops server',
    command: process.execPath,
    parameters: (folder, port) => [
      ...[`${repository}apps/cli/dist/main.js`, 'server', '--port', String(port)],
      ...['--registry', `sqlite:///${folder}/mlflow.db`],
    ],
  };
}

/** @param workers default: as many as it takes by itself. */
export function mlflowServer(python: string, workers?: number): ServerKind {
  const find = 'import importlib.metadata; print(importlib.metadata.version("mlflow"))';
  const version = execFileSync(python, ['-c', find], { encoding: 'utf8' }).trim();
  const share = workers === undefined ? [] : ['--workers', String(workers)];
  return {
    name: `mlflow server ${version}${workers === undefined ? '' : `, ${workers} worker`}`,
    command: python,
    parameters: (folder, port) => [
      ...['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), ...share],
      ...['--backend-store-uri', `sqlite:///${folder}/mlflow.db`],
      ...['--artifacts-destination', `${folder}/artifacts`],
    ],
  };
}

/** Start a server and wait until it answers. */
export async function startServer(
  { name, command, parameters }: ServerKind,
  folder: string,
): Promise<ServerProcess> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const startMs = performance.now();
  // A group of its own, so that its workers can be found and ended.
  const options = { cwd: folder, stdio: 'ignore', detached: true } as const;
  const child = spawn(command, parameters(folder, port), options);
  while (!(await answers(address))) {
    if (child.exitCode !== null || performance.now() - startMs > 180_000) {
      await stopGroup(child);
      throw new Error(`${name} did not start.`);
    }
    await setTimeout(5);
  }
  return {
    address,
    readyMs: performance.now() - startMs,
    memoryMb: () => groupMemoryMb(child.pid!),
    stop: () => stopGroup(child),
  };
}

async function answers(address: string): Promise<boolean> {
  try {
    const answer = await fetch(`${address}/health`);
    await answer.text();
    return answer.ok;
  } catch {
    return false;
  }
}

function groupMemoryMb(group: number): number {
  const found = execFileSync('ps', ['-e', '-o', 'pid=,sid='], { encoding: 'utf8' });
  const pids = found
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, session]) => Number(session) === group)
    .map(([pid]) => pid);
  return pids.reduce((sum, pid) => sum + proportionalMb(pid!), 0);
}

function proportionalMb(pid: string): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return (Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) * 1024) / 1e6;
  } catch {
    // It has ended meanwhile.
    return 0;
  }
}

async function stopGroup(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null) {
    process.kill(-child.pid!, 'SIGTERM');
    await Promise.race([ended, setTimeout(10_000)]);
  }
  try {
    process.kill(-child.pid!, 'SIGKILL');
  } catch {
    // All of them have ended.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
