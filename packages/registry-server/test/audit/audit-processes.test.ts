import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createRandom } from '@gnu-mlops/core';
import { SOURCE_FLAGS, temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { verifyAudit } from '../../src/audit/verify-audit.ts';

const program = fileURLToPath(new URL('../processes/append-to-audit.ts', import.meta.url));

/** A process that adds entries; `promised` are those it was told are written. */
function startWriter(folder: string, name: string, count: number) {
  const args = [...SOURCE_FLAGS, program, folder, name, String(count)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = text(child.stdout);
  return {
    child,
    promised: async () => (await output).split('\n').slice(0, -1),
    started: () => once(child.stdout, 'readable'),
  };
}

async function namesIn(folder: string, files: readonly string[]): Promise<Set<string>> {
  const lines = files.flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'));
  return new Set(lines.flatMap((line) => /"target":\{"name":"([^"]+)"/.exec(line)?.[1] ?? []));
}

describe('an audit log of several processes', () => {
  it('is one whole chain with every entry of each', async () => {
    const folder = join(temporaryFolder(), 'audit');
    const writers = ['a', 'b', 'c'].map((name) => startWriter(folder, name, 150));
    const promised = (await Promise.all(writers.map((writer) => writer.promised()))).flat();
    expect(promised).toHaveLength(450);
    const found = await verifyAudit(folder);
    expect(found.problems).toEqual([]);
    expect(found.entryCount).toBe(450);
    expect(await namesIn(folder, found.files)).toEqual(new Set(promised));
  }, 60_000);

  it('keeps all that was promised, and is whole, after its writers were killed', async () => {
    const folder = join(temporaryFolder(), 'audit');
    const kills = Number(process.env['GNU_MLOPS_KILLS'] ?? 8);
    const random = createRandom(42);
    const promised: string[] = [];
    for (let round = 0; round < kills; round++) {
      const writers = ['a', 'b'].map((name) => startWriter(folder, `${name}${round}`, 1e6));
      await Promise.all(writers.map((writer) => writer.started()));
      await new Promise((resolve) => setTimeout(resolve, random.nextFloat() * 60));
      for (const { child } of writers) child.kill('SIGKILL');
      promised.push(...(await Promise.all(writers.map((writer) => writer.promised()))).flat());
    }
    const found = await verifyAudit(folder);
    expect(found.problems).toEqual([]);
    const names = await namesIn(folder, found.files);
    expect(promised.length).toBeGreaterThan(kills);
    expect(promised.filter((name) => !names.has(name))).toEqual([]);
  }, 120_000);
});
