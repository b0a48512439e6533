import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createRandom } from '@gnu-mlops/core';
import { SOURCE_FLAGS, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { verifyLedger } from '../../src/ledger-chain.ts';
import { openRegistry } from '../../src/open-registry.ts';
import type { Registry } from '../../src/registry.ts';
import type { Acknowledgement } from '../processes/write-until-killed.ts';

/** How many processes are killed; a soak kills a thousand. */
const KILLS = Number(process.env['GNU_MLOPS_SOAK_KILLS'] ?? 120);
/** Starting that many processes takes its time on a busy machine. */
const SOAK_MS = 2000 * KILLS;
const WRITERS_PER_ROUND = 8;
const ROUNDS = Math.ceil(KILLS / WRITERS_PER_ROUND);
/** Steps that a process acknowledges before it is killed, at most. */
const MOST_LINES = 12;
/** Enough that a kill often comes in the middle of writing them. */
const METRICS_PER_RUN = 200;
const ARTIFACT_BYTES = 5000;
const writer = fileURLToPath(new URL('../processes/write-until-killed.ts', import.meta.url));

it(
  'loses nothing acknowledged and stays whole when its processes are killed',
  async () => {
    const file = `${temporaryFolder()}/mlflow.db`;
    const uri = `sqlite:///${file}`;
    const compileCache = temporaryFolder();
    const first = await openRegistry(uri);
    const { experimentId } = await first.createExperiment('killed');
    await first.createRegisteredModel('churn');
    await first.close();

    const parameters = [
      uri,
      experimentId,
      'churn',
      String(METRICS_PER_RUN),
      String(ARTIFACT_BYTES),
    ];
    const random = createRandom(7);
    const acknowledged: Acknowledgement[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const lineCounts = Array.from({ length: WRITERS_PER_ROUND }, () =>
        random.nextInt(MOST_LINES),
      );
      const outputs = lineCounts.map((lines) => writeAndKill({ parameters, lines, compileCache }));
      acknowledged.push(...(await Promise.all(outputs)).flat());
      checkDatabase(file);
    }

    const kinds = new Set(acknowledged.map(({ kind }) => kind));
    expect(kinds).toEqual(
      new Set(['run', 'batch', 'artifact', 'logged model', 'garbage', 'version', 'move']),
    );
    const registry = await openRegistry(uri);
    const ledger = new Map(
      (await registry.readLedger('churn')).map((entry) => [entry.hash, entry]),
    );
    for (const step of acknowledged) {
      if (step.kind === 'move') expect(ledger.get(step.entry.hash)).toEqual(step.entry);
      else await expectKept(registry, step);
    }
    await expectWholeBatches(registry, experimentId);
    await expectOneHolder(registry);
    await registry.close();
  },
  SOAK_MS,
);

/** Run a writer, kill it once it has acknowledged so many steps, and give what it acknowledged. */
async function writeAndKill(task: {
  readonly parameters: readonly string[];
  readonly lines: number;
  readonly compileCache: string;
}): Promise<Acknowledgement[]> {
  const child = spawn(process.execPath, [...SOURCE_FLAGS, writer, ...task.parameters], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: task.compileCache },
  });
  const errors = text(child.stderr);
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  let output = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    output += chunk as string;
    if (output.split('\n').length > task.lines) child.kill('SIGKILL');
  }
  const [, signal] = await exited;
  expect([signal, await errors]).toEqual(['SIGKILL', '']);
  const complete = output
    .slice(0, output.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
  return complete.map((line) => JSON.parse(line) as Acknowledgement);
}

function checkDatabase(file: string): void {
  const database = new DatabaseSync(file);
  expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  database.close();
}

async function expectKept(
  registry: Registry,
  step: Exclude<Acknowledgement, { kind: 'move' }>,
): Promise<void> {
  if (step.kind === 'garbage') return;
  if (step.kind === 'logged model') {
    const { status } = await registry.getLoggedModel(step.modelId);
    expect(status).toBe('READY');
    expect(await registry.downloadArtifact(step.modelId, 'MLmodel')).toHaveLength(ARTIFACT_BYTES);
    return;
  }
  if (step.kind === 'version') {
    expect((await registry.getModelVersion('churn', step.version)).version).toBe(step.version);
    return;
  }
  const { params } = await registry.getRun(step.runId);
  if (step.kind === 'batch') expect(params).toEqual({ first: '1', last: '2' });
  if (step.kind === 'artifact') {
    const bytes = await registry.downloadArtifact(step.runId, 'model/data.bin');
    expect(bytes.length === ARTIFACT_BYTES && bytes.every((byte) => byte === step.byte)).toBe(true);
  }
}

/** A batch that was not acknowledged is there whole or not at all; so is an artifact. */
async function expectWholeBatches(registry: Registry, experimentId: string): Promise<void> {
  const { items } = await registry.searchRuns({
    experimentIds: [experimentId],
    maxResults: 50_000,
  });
  for (const { runId, params } of items) {
    const history = await registry.getMetricHistory(runId, 'loss');
    expect([Object.keys(params).length, history.length]).toEqual(
      history.length === 0 ? [0, 0] : [2, METRICS_PER_RUN],
    );
    const [artifact] = await registry.listArtifacts(runId, 'model');
    expect(artifact?.sizeBytes ?? ARTIFACT_BYTES).toBe(ARTIFACT_BYTES);
  }
}

async function expectOneHolder(registry: Registry): Promise<void> {
  const ledger = await registry.readLedger('churn');
  expect(verifyLedger(ledger).problems).toEqual([]);
  const newest = ledger.at(-1)!.version;
  expect(await registry.findVersionByStage('churn', 'GNU_Production')).toMatchObject({
    version: newest,
    aliases: ['champion', 'production'],
  });
  expect((await registry.findRegisteredModel('churn'))?.aliases).toEqual({
    champion: newest,
    production: newest,
  });
}
