import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { createRandom } from '@gnu-mlops/core';
import { expectCode } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { verifyLedger } from '../../src/ledger-chain.ts';
import { openRegistry } from '../../src/open-registry.ts';
import type { Registry } from '../../src/registry.ts';
import { sha256Hex } from '../../src/sha256.ts';
import { schema1 } from '../../src/sqlite/schema-1.ts';
import { startProcess } from '../processes/start-process.ts';
import { DELETED_RUN, RUN, makeFirstSchema } from './first-schema-store.ts';

it('never changes a schema that stores were made with', () => {
  expect(sha256Hex(schema1)).toBe(
    '0f87648e311aa234e57a0173581f2fc917e5b26df994f37c78883b66562958ee',
  );
});

it('brings runs, metrics, inputs and experiments over from the first schema', async () => {
  const { registry } = await openFirstSchema();
  expect(await registry.getExperiment('7')).toMatchObject({
    name: 'churn',
    artifactLocation: 'mlflow-artifacts:/7',
    tags: { team: 'crm' },
    creationTime: 100,
    lastUpdateTime: 200,
  });
  expect(await registry.getRun(RUN)).toMatchObject({
    runName: 'forest',
    experimentId: '7',
    status: 'FINISHED',
    endTime: 60,
    metrics: { f1: 0.8, loss: NaN },
    params: { depth: '4' },
    tags: { note: 'good' },
    inputs: [{ name: 'a.csv', digest: 'd1', sourceType: 'local', source: '{}' }],
    modelInputs: [],
    modelOutputs: [],
  });
  expect(await registry.getMetricHistory(RUN, 'f1')).toHaveLength(2);
  const best = await registry.searchRuns({
    experimentIds: ['7'],
    filter: 'metrics.f1 > 0.5',
    orderBy: ['metrics.f1 DESC'],
  });
  expect(best.items.map(({ runId }) => runId)).toEqual([RUN]);
});

it('brings models, versions, stages and the ledger over from the first schema', async () => {
  const { registry } = await openFirstSchema();
  const versions = await registry.searchModelVersions({ orderBy: ['version_number ASC'] });
  expect(versions.items).toMatchObject([
    { version: '1', stage: 'Archived', mlflowStage: 'Archived', runId: RUN },
    {
      version: '2',
      stage: 'GNU_Production',
      mlflowStage: 'Production',
      aliases: ['champion', 'production'],
      tags: { 'gnu_mlops.stage': 'GNU_Production' },
    },
  ]);
  const ledger = await registry.readLedger('m');
  expect(verifyLedger(ledger)).toMatchObject({ isValid: true, entryCount: 1 });
  const source = `runs:/${RUN}/model`;
  expect((await registry.createModelVersion({ name: 'm', source, createdAt: 1 })).version).toBe(
    '3',
  );
});

it('takes artifacts in from the folders of the first schema, and no link that leads out', async () => {
  const { registry, root } = await openFirstSchema();
  expect((await registry.listArtifacts(RUN)).map(({ path }) => path)).toEqual([
    'inside.txt',
    'model',
    'note.txt',
  ]);
  expect(await textOf(registry, 'note.txt')).toBe('a note');
  expect(await textOf(registry, 'inside.txt')).toBe('a note');
  expect(await textOf(registry, 'model/data/model.bin')).toBe('weights');
  await expectCode(registry.downloadArtifact(RUN, 'outside.txt'), 'REGISTRY_ARTIFACT_NOT_FOUND');
  expect(await registry.downloadModelFile('m', '1', 'data/model.bin')).toHaveLength(7);
  expect(await registry.downloadModelFile('m', '2', 'data/model.bin')).toHaveLength(7);
  expect(existsSync(`${root}/7/${RUN}`)).toBe(false);
});

it('counts what was deleted under the first schema as deleted now', async () => {
  const { registry } = await openFirstSchema();
  const hourAgo = Date.now() - 3_600_000;
  const recent = await registry.collectGarbage({ deletedBefore: hourAgo });
  expect(recent.runIds).toEqual([]);
  const all = await registry.collectGarbage({ deletedBefore: Date.now() + 60_000 });
  expect(all.runIds).toEqual([DELETED_RUN]);
  await registry.restoreRun(DELETED_RUN);
  expect((await registry.getRun(DELETED_RUN)).lifecycleStage).toBe('active');
});

it('leaves a store of the first schema alone when its artifacts cannot be taken in', async () => {
  const { path, root } = makeFirstSchema();
  writeFileSync(`${root}/blobs`, 'a file where a folder has to be');
  await expectCode(openRegistry(`sqlite:///${path}`), 'REGISTRY_STORE_UNAVAILABLE', path);
  const database = new DatabaseSync(path);
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
  database.close();
  expect(existsSync(`${root}/7/${RUN}/artifacts/note.txt`)).toBe(true);
});

it('is brought up to date by whoever comes after processes that were killed doing so', async () => {
  const { path, root } = makeFirstSchema();
  const many = Array.from({ length: 100 }, (_, i) => `many/${i}`);
  mkdirSync(`${root}/7/${RUN}/artifacts/many`);
  for (const name of many) writeFileSync(`${root}/7/${RUN}/artifacts/${name}`, name);
  const random = createRandom(11);
  for (let kill = 0; kill < 6; kill++) {
    const child = await startProcess('open-store.ts', [`sqlite:///${path}`]);
    const exited = once(child, 'exit');
    child.send('open');
    await setTimeout(random.nextInt(150));
    child.kill('SIGKILL');
    await exited;
  }
  const registry = await openRegistry(`sqlite:///${path}`);
  onTestFinished(() => registry.close());
  for (const name of many) expect(await textOf(registry, name)).toBe(name);
  expect(await registry.listArtifacts(RUN, 'many')).toHaveLength(100);
  const database = new DatabaseSync(path);
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  database.close();
});

async function openFirstSchema(): Promise<{ registry: Registry; root: string }> {
  const { path, root } = makeFirstSchema();
  const first = await openRegistry(`sqlite:///${path}`);
  await first.close();
  const registry = await openRegistry(`sqlite:///${path}`);
  onTestFinished(() => registry.close());
  return { registry, root };
}

async function textOf(registry: Registry, path: string): Promise<string> {
  return new TextDecoder().decode(await registry.downloadArtifact(RUN, path));
}
