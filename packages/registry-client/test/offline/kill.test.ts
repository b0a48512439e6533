import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createRandom } from '@gnu-mlops/core';
import { SOURCE_FLAGS, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { offlineLayout } from '../../src/offline/offline-layout.ts';
import { readOfflineRun } from '../../src/offline/read-offline-run.ts';
import type { OfflineAcknowledgement } from '../processes/log-offline-until-killed.ts';

const ROUNDS = 4;
const logger = fileURLToPath(new URL('../processes/log-offline-until-killed.ts', import.meta.url));

it('loses nothing acknowledged when the process that logs is killed', async () => {
  const folder = temporaryFolder();
  const compileCache = temporaryFolder();
  const random = createRandom(11);
  for (let round = 0; round < ROUNDS; round++) {
    const acknowledged = await logAndKill(folder, { lines: 1 + random.nextInt(25), compileCache });
    const [run, ...rest] = acknowledged;
    if (run?.kind !== 'run') throw new Error('The process was killed before it began.');
    const state = (await readOfflineRun(run.folder))!;
    const steps = state.metrics.get('loss 199')?.length ?? 0;
    const batches = rest.filter(({ kind }) => kind === 'batch').length;
    expect(steps === batches || steps === batches + 1).toBe(true);
    expect(state.metrics.get('loss 0')?.length ?? 0).toBe(steps);
    for (const step of rest) {
      if (step.kind === 'artifact') expect(state.artifacts.has(step.path)).toBe(true);
    }
    for (const { sha256, sizeBytes } of state.artifacts.values()) {
      expect(readFileSync(offlineLayout(run.folder).blob(sha256)).length).toBe(sizeBytes);
    }
  }
});

async function logAndKill(
  folder: string,
  { lines, compileCache }: { readonly lines: number; readonly compileCache: string },
): Promise<OfflineAcknowledgement[]> {
  const child = spawn(process.execPath, [...SOURCE_FLAGS, logger, folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  });
  const errors = text(child.stderr);
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  let output = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    output += chunk as string;
    if (output.split('\n').length > lines) child.kill('SIGKILL');
  }
  const [, signal] = await exited;
  expect(signal, await errors).toBe('SIGKILL');
  const complete = output.slice(0, output.lastIndexOf('\n'));
  return complete.split('\n').map((line) => JSON.parse(line) as OfflineAcknowledgement);
}
