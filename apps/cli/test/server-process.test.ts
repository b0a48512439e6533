import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SOURCE_FLAGS, temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from './run.ts';

const program = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** The command in a process of its own. */
async function spawnServer(cwd: string): Promise<{ child: ChildProcess; url: string }> {
  const args = [...SOURCE_FLAGS, program, 'server', '--port', '0', '--json'];
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  return { child, url: (JSON.parse(line) as { url: string }).url };
}

function createExperiment(url: string, name: string): Promise<Response> {
  return fetch(`${url}/api/2.0/mlflow/experiments/create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
}

describe('a server in a process of its own', () => {
  it('ends with code 0 on SIGTERM and leaves the database whole, without a log beside it', async () => {
    const folder = temporaryFolder();
    const { child, url } = await spawnServer(folder);
    expect((await createExperiment(url, 'churn')).status).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(readdirSync(folder).filter((name) => /-(wal|shm)$/.test(name))).toEqual([]);
  }, 60_000);

  it('has every answered write in registry and audit log after kill -9', async () => {
    const folder = temporaryFolder();
    const { child, url } = await spawnServer(folder);
    const answered: string[] = [];
    const writing = (async () => {
      for (let i = 0; ; i++) {
        const { ok } = await createExperiment(url, `e${i}`);
        if (ok) answered.push(`e${i}`);
        if (answered.length === 30) child.kill('SIGKILL');
      }
    })();
    await expect(writing).rejects.toThrow();
    const verified = await run(folder, ['audit', 'verify', '--json']);
    expect(verified.exitCode).toBe(0);
    // One line tells of the start of the server.
    expect(JSON.parse(verified.output).entryCount).toBeGreaterThan(answered.length);
    const again = await spawnServer(folder);
    const search = `${again.url}/api/2.0/mlflow/experiments/search?max_results=1000`;
    const found = (await (await fetch(search)).json()) as { experiments: { name: string }[] };
    const names = found.experiments.map(({ name }) => name);
    expect(answered.filter((name) => !names.includes(name))).toEqual([]);
  }, 60_000);
});
