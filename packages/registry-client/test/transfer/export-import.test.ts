import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRegistry } from '../../src/open-registry.ts';
import { verifyLedger } from '../../src/ledger-chain.ts';
import { exportExperiment, exportModel } from '../../src/transfer/export.ts';
import type { ExportManifest } from '../../src/transfer/export-layout.ts';
import { importExperiment, importModel } from '../../src/transfer/import.ts';
import { expectSameRun } from './expect-same-run.ts';
import { MODEL_BYTES, logRun, openEmbedded, registerModel, runsOf } from './transfer-scene.ts';

const now = () => Date.UTC(2026, 0, 1);
const mover = { actor: 'mover', now };

/** An export of an experiment of one run, which every test that damages it copies. */
let wholeExport: string;

beforeAll(async () => {
  const place = mkdtempSync(join(tmpdir(), 'gnu-mlops-export-'));
  const registry = await openRegistry(`sqlite:///${place}/mlflow.db`);
  await logRun(registry);
  wholeExport = join(place, 'export');
  await exportExperiment(registry, { name: 'churn', folder: wholeExport, now });
  await registry.close();
});

afterAll(() => rmSync(dirname(wholeExport), { recursive: true, force: true }));

/** Change the manifest of an export. */
function editManifest(folder: string, edit: (manifest: ExportManifest) => object): void {
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as ExportManifest;
  writeFileSync(path, JSON.stringify(edit(manifest)));
}

/** Change a file of an export, and the manifest with it, as somebody would who means harm. */
function editFile(folder: string, path: string, text: string): void {
  writeFileSync(join(folder, path), text);
  const sha256 = createHash('sha256').update(text).digest('hex');
  editManifest(folder, (manifest) => ({
    ...manifest,
    files: manifest.files.map((file) =>
      file.path === path ? { path, sizeBytes: text.length, sha256 } : file,
    ),
  }));
}

it('brings an experiment over a folder into another registry, once', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  const parent = await logRun(from, { runName: 'tuning' });
  const tags = { 'mlflow.parentRunId': parent.runId };
  const child = await logRun(from, { runName: 'trial', startTime: 2000, tags });
  const folder = join(temporaryFolder(), 'export');
  const manifest = await exportExperiment(from, { name: 'churn', folder, now });
  expect(manifest).toMatchObject({ kind: 'experiment', exportedAt: '2026-01-01T00:00:00.000Z' });
  expect(readFileSync(join(folder, `runs/${child.runId}/artifacts/model/data/trees.bin`))).toEqual(
    Buffer.from(MODEL_BYTES),
  );

  for (const outcome of ['copied', 'unchanged']) {
    const { runs } = await importExperiment(to, { folder });
    expect(runs.map((run) => run.outcome)).toEqual([outcome, outcome]);
    const at = (registry: typeof from, runId: string) => ({ registry, runId });
    await expectSameRun(at(from, child.runId), at(to, runs[1]!.runId), {
      'mlflow.parentRunId': runs[0]!.runId,
    });
  }
  expect(await runsOf(to)).toHaveLength(2);
  await importExperiment(to, { folder, newName: 'kept' });
  expect(await runsOf(to, 'kept')).toHaveLength(2);
});

it('brings a model with runs, logged models, stages and ledger into another registry', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  await registerModel(from);
  const { experimentId, runId } = await logRun(from, { startTime: 4000 });
  const { modelId } = await from.createLoggedModel({ experimentId, sourceRunId: runId });
  await from.uploadArtifact(modelId, 'MLmodel', new TextEncoder().encode('logged'));
  await from.finalizeLoggedModel(modelId, 'READY');
  await from.logModels(runId, { outputs: [{ modelId, step: 0 }] });
  const source = `models:/${modelId}`;
  await from.createModelVersion({ name: 'churn', source, createdAt: 4000 });
  const folder = join(temporaryFolder(), 'export');
  await exportModel(from, { name: 'churn', folder, now });

  const imported = await importModel(to, { folder, ...mover });
  expect(imported).toMatchObject({ stages: 'copied', moveCount: 4, aliases: ['best'] });
  expect((await to.findRegisteredModel('churn'))?.aliases).toEqual(
    (await from.findRegisteredModel('churn'))?.aliases,
  );
  expect(verifyLedger(await to.readLedger('churn')).isValid).toBe(true);
  expect(await to.downloadModelFile('churn', '2', 'data/trees.bin')).toEqual(MODEL_BYTES);
  const logged = await to.downloadModelFile('churn', '4', 'MLmodel');
  expect(new TextDecoder().decode(logged)).toBe('logged');
  const again = await importModel(to, { folder, ...mover });
  expect(again.versions.map(({ outcome }) => outcome)).toEqual(Array(4).fill('unchanged'));
  await expectCode(importExperiment(to, { folder }), 'REGISTRY_EXPORT_KIND', 'a model');
});

it('imports nothing twice to where the export is from, and only what is gone', async () => {
  const registry = await openEmbedded();
  await registerModel(registry);
  const folder = join(temporaryFolder(), 'export');
  await exportModel(registry, { name: 'churn', folder, now });
  await registry.setAlias('churn', 'best', '3');
  await registry.deleteModelVersion('churn', '1');
  const imported = await importModel(registry, { folder, ...mover });
  expect(imported.versions.map(({ version, outcome }) => [version, outcome])).toEqual([
    ['4', 'copied'],
    ['2', 'original'],
    ['3', 'original'],
  ]);
  expect(imported).toMatchObject({ stages: 'left', leftAliases: ['best'] });
  expect(await runsOf(registry)).toHaveLength(3);
  expect((await registry.findRegisteredModel('churn'))?.aliases).toMatchObject({ best: '3' });
});

it('leaves nothing that looks like an export when it fails half-way', async () => {
  const registry = await openEmbedded();
  await logRun(registry, { runName: 'a' });
  await logRun(registry, { runName: 'b', startTime: 2000 });
  const place = temporaryFolder();
  const folder = join(place, 'export');
  const abort = new AbortController();
  const request = { name: 'churn', folder, now };
  const exported = exportExperiment(registry, request, {
    signal: abort.signal,
    onProgress: ({ done }) => done === 1 && abort.abort(new Error('enough')),
  });
  await expect(exported).rejects.toThrow('enough');
  expect(readdirSync(place)).toEqual([]);
});

it.each(['x'.repeat(255), '漢'.repeat(85)])(
  'writes to a folder with a longest name',
  async (name) => {
    const registry = await openEmbedded();
    await registry.createExperiment('empty');
    const place = temporaryFolder();
    await exportExperiment(registry, { name: 'empty', folder: join(place, name), now });
    expect(readdirSync(place)).toEqual([name]);
  },
);

it('throws REGISTRY_EXPORT_EXISTS and touches nothing where something is', async () => {
  const registry = await openEmbedded();
  await logRun(registry);
  const folder = join(temporaryFolder(), 'export');
  writeFileSync(folder, 'mine');
  await expectCode(
    exportExperiment(registry, { name: 'churn', folder, now }),
    'REGISTRY_EXPORT_EXISTS',
  );
  expect(readFileSync(folder, 'utf8')).toBe('mine');
});

const runFile = (folder: string, name: string) =>
  `runs/${readdirSync(join(folder, 'runs'))[0]!}/${name}`;

it.each<[string, RegExp, (folder: string) => void]>([
  ['no manifest', /manifest\.json/, (folder) => rmSync(join(folder, 'manifest.json'))],
  ['no JSON', /no JSON/, (folder) => writeFileSync(join(folder, 'manifest.json'), '{')],
  ['a newer layout', /layout 2/, (folder) => editManifest(folder, (m) => ({ ...m, layout: 2 }))],
  ['no list of files', /"files"/, (folder) => editManifest(folder, (m) => ({ ...m, files: 3 }))],
  [
    'a path out of the folder',
    /leads elsewhere/,
    (folder) => {
      writeFileSync(join(folder, '..', 'secret'), 'x');
      editManifest(folder, (m) => ({
        ...m,
        files: [...m.files, { path: '../secret', sizeBytes: 1, sha256: '0'.repeat(64) }],
      }));
    },
  ],
  [
    'a link out of the folder',
    /is a link/,
    (folder) => {
      const file = join(folder, runFile(folder, 'artifacts/model/MLmodel'));
      renameSync(file, join(folder, '..', 'elsewhere'));
      symlinkSync(join(folder, '..', 'elsewhere'), file);
    },
  ],
  [
    'a folder that is a link',
    /is a link/,
    (folder) => {
      const inner = join(folder, runFile(folder, 'artifacts'));
      renameSync(inner, join(folder, '..', 'elsewhere'));
      symlinkSync(join(folder, '..', 'elsewhere'), inner);
    },
  ],
  [
    'a file twice',
    /twice/,
    (folder) => editManifest(folder, (m) => ({ ...m, files: [...m.files, m.files[0]] })),
  ],
  ['a missing file', /missing/, (folder) => rmSync(join(folder, runFile(folder, 'metrics.jsonl')))],
  [
    'a changed file',
    /was changed/,
    (folder) => writeFileSync(join(folder, runFile(folder, 'artifacts/model/data/trees.bin')), 'x'),
  ],
  [
    'a run that is none',
    /"status" is none of/,
    (folder) => {
      const path = runFile(folder, 'run.json');
      const run = JSON.parse(readFileSync(join(folder, path), 'utf8')) as object;
      editFile(folder, path, JSON.stringify({ ...run, status: 'DONE' }));
    },
  ],
  [
    'a run of another id',
    /about another run/,
    (folder) => {
      const path = runFile(folder, 'run.json');
      const run = JSON.parse(readFileSync(join(folder, path), 'utf8')) as object;
      editFile(folder, path, JSON.stringify({ ...run, runId: 'f'.repeat(32) }));
    },
  ],
  [
    'a metric that is no number',
    /line 1 of .*"value" is no number/,
    (folder) =>
      editFile(
        folder,
        runFile(folder, 'metrics.jsonl'),
        '{"key":"f1","value":"much","timestamp":1,"step":0}\n',
      ),
  ],
])('throws REGISTRY_EXPORT_DAMAGED for %s, and imports nothing', async (_what, says, damage) => {
  const folder = join(temporaryFolder(), 'damaged');
  cpSync(wholeExport, folder, { recursive: true });
  damage(folder);
  const to = await openEmbedded();
  await expectCode(importExperiment(to, { folder }), 'REGISTRY_EXPORT_DAMAGED', says);
  expect(await to.findExperiment('churn')).toBeUndefined();
});
