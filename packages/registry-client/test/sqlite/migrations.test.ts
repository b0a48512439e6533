import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { hashLedgerEntry, verifyLedger } from '../../src/ledger-chain.ts';
import { openRegistry } from '../../src/open-registry.ts';
import type { Registry } from '../../src/registry.ts';
import { sha256Hex } from '../../src/sha256.ts';
import { schema1 } from '../../src/sqlite/schema-1.ts';

const RUN = 'a'.repeat(32);
const DELETED_RUN = 'b'.repeat(32);

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

/** A store as the first version of this package left it behind. */
function makeFirstSchema(): { path: string; root: string } {
  const folder = temporaryFolder();
  const path = `${folder}/mlflow.db`;
  const root = `${folder}/mlartifacts`;
  const database = new DatabaseSync(path);
  database.exec(schema1);
  database.exec('PRAGMA application_id = 0x474e554d; PRAGMA user_version = 1');
  database.exec(`
    INSERT INTO experiments VALUES (0, 'Default', 'active', 1, 1), (7, 'churn', 'active', 100, 200);
    INSERT INTO experiment_tags VALUES (7, 'team', 'crm');
    INSERT INTO runs VALUES
      ('${RUN}', 'forest', 7, 'FINISHED', 50, 60, 'ada', 'active', 0),
      ('${DELETED_RUN}', 'bad', 7, 'FAILED', 40, NULL, 'ada', 'deleted', 0);
    INSERT INTO run_tags VALUES ('${RUN}', 'note', 'good');
    INSERT INTO run_params VALUES ('${RUN}', 'depth', '4');
    INSERT INTO metric_points VALUES ('${RUN}', 'f1', 0.7, 51, 0), ('${RUN}', 'f1', 0.8, 52, 1),
      ('${RUN}', 'loss', NULL, 52, 0);
    INSERT INTO latest_metrics VALUES ('${RUN}', 'f1', 0.8, 52, 1), ('${RUN}', 'loss', NULL, 52, 0);
    INSERT INTO run_inputs VALUES (1, '${RUN}', 'a.csv', 'd1', 'local', '{}', NULL, NULL, NULL);
    INSERT INTO registered_models VALUES ('m', 'a model', 300, 400);
    INSERT INTO registered_model_tags VALUES ('m', 'team', 'crm');
    INSERT INTO model_versions VALUES
      ('m', 1, 'Archived', '', 'runs:/${RUN}/model', '${RUN}', 301, 302),
      ('m', 2, 'GNU_Production', '', '${pathToFileURL(root).href}/7/${RUN}/artifacts/model', NULL, 303, 304);
    INSERT INTO model_version_tags VALUES ('m', 2, 'gnu_mlops.stage', 'GNU_Production');
    INSERT INTO model_aliases VALUES ('m', 'champion', 2), ('m', 'production', 2);
  `);
  const move = {
    sequence: 1,
    modelName: 'm',
    version: '2',
    fromStage: 'None',
    toStage: 'GNU_Production',
    displacedVersion: null,
    actor: 'ada',
    reason: 'good',
    evidence: '{}',
    at: 303,
    previousHash: '0'.repeat(64),
  } as const;
  database
    .prepare('INSERT INTO stage_ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(...Object.values(move), hashLedgerEntry(move));
  database.close();

  const artifacts = `${root}/7/${RUN}/artifacts`;
  for (const [file, text] of [
    ['note.txt', 'a note'],
    ['model/data/model.bin', 'weights'],
  ]) {
    mkdirSync(dirname(`${artifacts}/${file}`), { recursive: true });
    writeFileSync(`${artifacts}/${file}`, text!);
  }
  writeFileSync(`${folder}/secret.txt`, 'secret');
  symlinkSync(`${folder}/secret.txt`, `${artifacts}/outside.txt`);
  symlinkSync('note.txt', `${artifacts}/inside.txt`);
  return { path, root };
}
