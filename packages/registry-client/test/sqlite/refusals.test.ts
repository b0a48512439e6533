import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { openRegistry } from '../../src/open-registry.ts';
import type { Registry, StageMove } from '../../src/registry.ts';

const move: StageMove = {
  name: 'm',
  version: '1',
  stage: 'Staging',
  expectedHolder: null,
  actor: 'ada',
  reason: '',
  evidence: '{}',
  at: 0,
};

it.each<[string, Partial<StageMove>, string, RegExp]>([
  ['an unknown stage', { stage: 'Production' as 'Staging' }, 'REGISTRY_VALUE_INVALID', /GNU_Prod/],
  ['evidence that is no JSON', { evidence: '{f1:1}' }, 'REGISTRY_VALUE_INVALID', /JSON/],
  ['a blank actor', { actor: ' ' }, 'REGISTRY_VALUE_INVALID', /actor/],
  ['a time that is none', { at: 1.5 }, 'REGISTRY_VALUE_INVALID', /milliseconds/],
  ['the tag of the stages', { tags: { 'gnu_mlops.stage': 'x' } }, 'REGISTRY_NAME_RESERVED', /tag/],
  ['a tag without a name', { tags: { '': 'x' } }, 'REGISTRY_NAME_INVALID', /tag/],
  ['a version that is none', { version: '01' }, 'REGISTRY_VERSION_NOT_FOUND', /01/],
  [
    'a holder of Archived',
    { stage: 'Archived', expectedHolder: '1' },
    'REGISTRY_STAGE_CONFLICT',
    /no version/,
  ],
])('moves no version with %s, and notes nothing', async (_what, change, code, message) => {
  const registry = await openWithVersion();
  await expectCode(registry.moveStage({ ...move, ...change }), code, message);
  expect(await registry.readLedger('m')).toEqual([]);
  expect(await registry.getModelVersion('m', '1')).toMatchObject({ stage: 'None', tags: {} });
});

it('refuses runs whose facts make no sense', async () => {
  const registry = await openWithVersion();
  const create = (run: object) => registry.createRun({ experimentId: '0', startTime: 0, ...run });
  await expectCode(create({ startTime: -1 }), 'REGISTRY_VALUE_INVALID', /start time/);
  await expectCode(create({ startTime: NaN }), 'REGISTRY_VALUE_INVALID');
  await expectCode(create({ runName: ' ' }), 'REGISTRY_VALUE_INVALID', /blank/);
  await expectCode(create({ tags: { a: 5 } }), 'REGISTRY_VALUE_INVALID', /a number/);
  const tags = { 'mlflow.runName': 'one' };
  await expectCode(create({ runName: 'two', tags }), 'REGISTRY_VALUE_INVALID', /one.*two|two.*one/);
  expect((await create({ tags })).runName).toBe('one');
  expect((await registry.searchRuns({ experimentIds: ['0'] })).items).toHaveLength(1);
});

it('refuses updates, metrics and data sets that make no sense', async () => {
  const registry = await openWithVersion();
  const { runId } = await registry.createRun({ experimentId: '0', startTime: 0 });
  await expectCode(
    registry.updateRun(runId, { status: 'DONE' as 'FINISHED' }),
    'REGISTRY_VALUE_INVALID',
    /FINISHED/,
  );
  const metric = { key: 'm', value: 1, timestamp: 0, step: 0 };
  for (const change of [{ value: '1' as unknown as number }, { timestamp: -1 }, { step: 0.5 }]) {
    await expectCode(
      registry.logBatch(runId, { metrics: [metric, { ...metric, ...change }] }),
      'REGISTRY_VALUE_INVALID',
      /"m"/,
    );
  }
  const dataset = { name: '', digest: 'd', sourceType: 'local', source: '{}' };
  await expectCode(registry.logInputs(runId, [dataset]), 'REGISTRY_VALUE_INVALID', /name/);
  const long = { ...dataset, name: 'n', digest: 'd'.repeat(37) };
  await expectCode(registry.logInputs(runId, [long]), 'REGISTRY_VALUE_INVALID', /36/);
  expect(await registry.getRun(runId)).toMatchObject({
    metrics: {},
    inputs: [],
    status: 'RUNNING',
  });
});

it('renames a run by its tag, and brings no run back into a deleted experiment', async () => {
  const registry = await openWithVersion();
  const { experimentId } = await registry.createExperiment('e');
  const { runId } = await registry.createRun({ experimentId, startTime: 0 });
  await registry.logBatch(runId, { tags: { 'mlflow.runName': 'renamed' } });
  expect((await registry.getRun(runId)).runName).toBe('renamed');
  await registry.deleteExperiment(experimentId);
  await expectCode(registry.restoreRun(runId), 'REGISTRY_DELETED', /experiment "e"/);
});

it('leaves a run deleted that was deleted before its experiment', async () => {
  const registry = await openWithVersion();
  const { experimentId } = await registry.createExperiment('e');
  const { runId } = await registry.createRun({ experimentId, startTime: 0 });
  await registry.deleteRun(runId);
  await registry.deleteExperiment(experimentId);
  await registry.restoreExperiment(experimentId);
  expect((await registry.getRun(runId)).lifecycleStage).toBe('deleted');
});

it('refuses the tag of the stages when a version is made', async () => {
  const registry = await openWithVersion();
  const tags = { 'gnu_mlops.stage': 'GNU_Production' };
  await expectCode(
    registry.createModelVersion({ name: 'm', source: 'x', tags, createdAt: 0 }),
    'REGISTRY_NAME_RESERVED',
  );
  await expectCode(
    registry.createModelVersion({ name: 'm', source: '', createdAt: 0 }),
    'REGISTRY_VALUE_INVALID',
  );
});

async function openWithVersion(): Promise<Registry> {
  const registry = await openRegistry(`sqlite:///${temporaryFolder()}/mlflow.db`);
  onTestFinished(() => registry.close());
  await registry.createRegisteredModel('m');
  await registry.createModelVersion({ name: 'm', source: 'elsewhere', createdAt: 0 });
  return registry;
}
