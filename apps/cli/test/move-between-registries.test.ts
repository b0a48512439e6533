import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openOfflineRun } from '@gnu-mlops/registry-client/transfer';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { run, runJson } from './run.ts';
import { EXPERIMENT, MODEL, inRegistry, seedRegistry } from './seed-registry.ts';

it('copies a model with everything behind it, once', async () => {
  const folder = temporaryFolder();
  await seedRegistry(folder);
  const copy = ['models', 'copy', MODEL, '--to', 'sqlite:///elsewhere/mlflow.db'];
  const first = await run(folder, copy);
  expect(first).toMatchObject({ exitCode: 0 });
  expect(first.output).toBe(
    `Model ${MODEL}: 2 versions (2 copied).\nStages: as at the source (1 move made).\n`,
  );
  expect(first.notes).toContain('copy versions: 2 of 2');
  const again = await runJson<{ versions: { outcome: string }[] }>(folder, copy);
  expect(again.versions.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
  await inRegistry(join(folder, 'elsewhere'), async (registry) => {
    const version = await registry.findVersionByStage(MODEL, 'GNU_Production');
    expect(version?.version).toBe('1');
    const file = await registry.downloadModelFile(MODEL, '2', 'MLmodel');
    expect(new TextDecoder().decode(file)).toBe('second');
  });
});

it('brings runs and experiments here from another registry', async () => {
  const folder = temporaryFolder();
  const other = temporaryFolder();
  const [runId] = await seedRegistry(other);
  const from = ['--from', `sqlite:///${other}/mlflow.db`];
  const copied = await run(folder, ['runs', 'copy', runId, ...from, '--experiment', 'kept']);
  expect(copied.output).toMatch(/first +[0-9a-f]{32} +copied +3 metric values, 1 file \(5 bytes\)/);
  const all = await run(folder, ['experiments', 'copy', EXPERIMENT, ...from]);
  expect(all.output).toMatch(
    /Experiment gnu-mlops \(\d+\): 2 runs \(2 copied\); 11 bytes of files/,
  );
});

it('exports and imports', async () => {
  const folder = temporaryFolder();
  const other = temporaryFolder();
  await seedRegistry(folder);
  const exported = await run(folder, ['experiments', 'export', EXPERIMENT, 'out/experiment']);
  expect(exported.output).toMatch(/Exported experiment gnu-mlops to out\/experiment: \d+ files/);
  await run(folder, ['models', 'export', MODEL, 'out/model']);
  expect(readdirSync(join(folder, 'out'))).toEqual(['experiment', 'model']);
  const refused = await run(folder, ['models', 'export', MODEL, 'out/model']);
  expect(refused).toMatchObject({ exitCode: 2, output: '' });
  expect(refused.notes).toContain('REGISTRY_EXPORT_EXISTS');

  const source = join(folder, 'out');
  const experiment = await run(other, [
    'experiments',
    'import',
    `${source}/experiment`,
    '--as',
    'b',
  ]);
  expect(experiment.output).toMatch(/Experiment b \(\d+\): 2 runs \(2 copied\)/);
  const model = await run(other, ['models', 'import', `${source}/model`, '--as', 'c']);
  expect(model.output).toMatch(/Model c: 2 versions \(2 copied\)/);
  const wrong = await run(other, ['models', 'import', `${source}/experiment`]);
  expect(wrong.notes).toContain('REGISTRY_EXPORT_KIND');
  const none = await run(other, ['models', 'import', 'nowhere']);
  expect(none).toMatchObject({ exitCode: 3 });
  expect(none.notes).toContain('REGISTRY_EXPORT_DAMAGED');
});

it('sends runs that were logged offline, and removes their folders when told to', async () => {
  const folder = temporaryFolder();
  const offline = await openOfflineRun(join(folder, 'offline'), {
    ...{ experimentName: EXPERIMENT, runName: 'on the train', startTime: 1 },
  });
  await offline.logBatch({ metrics: [{ key: 'f1', value: 0.5, timestamp: 1, step: 0 }] });
  await offline.update({ status: 'FINISHED', endTime: 2 });
  await offline.close();
  const first = await run(folder, ['runs', 'sync', 'offline']);
  expect(first.output).toMatch(/on the train +[0-9a-f]{32} +FINISHED +copied +1 metric value/);
  const again = await run(folder, ['runs', 'sync', 'offline', '--remove']);
  expect(again.output).toMatch(/unchanged, folder removed/);
  expect(existsSync(offline.folder)).toBe(false);
  expect((await run(folder, ['runs', 'sync', 'offline'])).output).toContain('No offline runs');
  expect((await run(folder, ['runs', 'list'])).output.match(/on the train/g)).toHaveLength(1);
});

it.each([
  { args: ['models', 'copy', MODEL], code: 'CLI_COPY_ENDS_MISSING', exitCode: 2 },
  { args: ['runs', 'copy', 'x'.repeat(32)], code: 'CLI_COPY_ENDS_MISSING', exitCode: 2 },
  {
    args: ['models', 'copy', MODEL, '--from', 'sqlite:///no/such.db'],
    code: 'CLI_REGISTRY_MISSING',
    exitCode: 2,
  },
  {
    args: ['models', 'copy', 'none', '--to', 'sqlite:///b.db'],
    code: 'REGISTRY_MODEL_NOT_FOUND',
    exitCode: 5,
  },
  {
    args: ['experiments', 'copy', EXPERIMENT, '--as', EXPERIMENT],
    code: 'REGISTRY_COPY_TARGET',
    exitCode: 2,
  },
])('$args ends with $code on one line', async ({ args, code, exitCode }) => {
  const folder = temporaryFolder();
  await seedRegistry(folder);
  const outcome = await run(folder, args);
  expect(outcome).toMatchObject({ exitCode, output: '' });
  expect(outcome.notes).toMatch(new RegExp(`^error: .+\\[${code}\\]\\n$`));
  expect(existsSync(join(folder, 'no'))).toBe(false);
});

it('writes manifests that say what is in an export', async () => {
  const folder = temporaryFolder();
  await seedRegistry(folder);
  await run(folder, ['models', 'export', MODEL, 'out']);
  const manifest = JSON.parse(readFileSync(join(folder, 'out', 'manifest.json'), 'utf8')) as object;
  expect(manifest).toMatchObject({ format: 'gnu-mlops export', layout: 1, kind: 'model' });
});
