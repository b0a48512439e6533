import { expectCode } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { OperationUnsupportedError } from '../../src/store-errors.ts';
import type { Registry } from '../../src/registry.ts';
import { copyExperiment, copyModel } from '../../src/transfer/copy.ts';
import { expectSameRun } from './expect-same-run.ts';
import { logRun, openEmbedded, runsOf } from './transfer-scene.ts';

it('copies tags and runs, nested as they were, and no deleted run', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  // The parent starts after its child, as clocks of different machines may have it.
  const parent = await logRun(from, { runName: 'tuning', startTime: 2000 });
  const tags = { 'mlflow.parentRunId': parent.runId };
  const child = await logRun(from, { runName: 'trial', startTime: 1000, tags });
  const deleted = await logRun(from, { runName: 'mistake' });
  await from.deleteRun(deleted.runId);
  await from.setExperimentTag(parent.experimentId, 'team', 'crm');

  const copied = await copyExperiment({ from, to }, { name: 'churn' });
  expect(copied.runs.map(({ runName }) => runName)).toEqual(['tuning', 'trial']);
  expect((await to.findExperiment('churn'))?.tags).toMatchObject({
    team: 'crm',
    'gnu_mlops.copied_from': parent.experimentId,
  });
  const [copiedParent, copiedChild] = copied.runs;
  const at = (registry: typeof from, runId: string) => ({ registry, runId });
  await expectSameRun(at(from, parent.runId), at(to, copiedParent!.runId));
  await expectSameRun(at(from, child.runId), at(to, copiedChild!.runId), {
    'mlflow.parentRunId': copiedParent!.runId,
  });

  const again = await copyExperiment({ from, to }, { name: 'churn' });
  expect(again.runs.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
  expect(await runsOf(to)).toHaveLength(2);
});

it('copies logged models with the runs that made them, metrics and all', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  const run = await logRun(from);
  const { experimentId, runId } = run;
  const { modelId } = await from.createLoggedModel({
    ...{ experimentId, name: 'forest', modelType: 'trees', sourceRunId: runId },
    ...{ params: { depth: '3' }, tags: { team: 'crm' } },
  });
  await from.uploadArtifact(modelId, 'MLmodel', new TextEncoder().encode('flavors: {}'));
  await from.finalizeLoggedModel(modelId, 'READY');
  await from.logModels(runId, { outputs: [{ modelId, step: 3 }] });
  await from.logBatch(runId, {
    metrics: [{ key: 'auc', value: 0.8, timestamp: 1, step: 3, modelId }],
  });

  for (const outcome of ['copied', 'unchanged'] as const) {
    const [copied] = (await copyExperiment({ from, to }, { name: 'churn' })).runs;
    expect(copied).toMatchObject({ outcome });
    const { modelOutputs, experimentId: target } = await to.getRun(copied!.runId);
    expect(modelOutputs).toEqual([{ modelId: expect.stringMatching(/^m-/), step: 3 }]);
    const found = await to.searchLoggedModels({ experimentIds: [target] });
    expect(found.items).toHaveLength(1);
    expect(found.items[0]).toMatchObject({
      ...{ name: 'forest', modelType: 'trees', status: 'READY', params: { depth: '3' } },
      sourceRunId: copied!.runId,
      metrics: [expect.objectContaining({ key: 'auc', value: 0.8, runId: copied!.runId })],
    });
    const file = await to.downloadArtifact(modelOutputs[0]!.modelId, 'MLmodel');
    expect(new TextDecoder().decode(file)).toBe('flavors: {}');
  }
});

it('keeps the files of logged models with the run where the target knows no logged models', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  const { experimentId, runId } = await logRun(from);
  const created = { experimentId, name: 'forest', sourceRunId: runId };
  const { modelId } = await from.createLoggedModel(created);
  await from.uploadArtifact(modelId, 'MLmodel', new TextEncoder().encode('flavors: {}'));
  await from.finalizeLoggedModel(modelId, 'READY');
  await from.logModels(runId, { outputs: [{ modelId, step: 0 }] });
  await from.createRegisteredModel('churn');
  const source = `models:/${modelId}`;
  await from.createModelVersion({ name: 'churn', source, runId, createdAt: 1 });

  const request = { name: 'churn', actor: 'mover', now: () => 1 };
  const route = { from, to: withoutLoggedModels(to) };
  const first = await copyModel(route, request);
  const again = await copyModel(route, request);
  expect(again.versions).toMatchObject([{ outcome: 'unchanged', version: '1' }]);
  const { source: copied } = await to.getModelVersion('churn', '1');
  expect(copied).toBe(`runs:/${first.versions[0]!.runId}/forest`);
  const file = await to.downloadModelFile('churn', '1', 'MLmodel');
  expect(new TextDecoder().decode(file)).toBe('flavors: {}');
  await copyExperiment(
    { from: withoutLoggedModels(to), to: from },
    { name: 'churn', newName: 'b' },
  );
  expect(await runsOf(from, 'b')).toHaveLength(1);
});

it('tells how far it is', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  await logRun(from, { runName: 'a' });
  await logRun(from, { runName: 'b', startTime: 2000 });
  const seen: unknown[] = [];
  await copyExperiment(
    { from, to },
    { name: 'churn', newName: 'kept' },
    {
      onProgress: ({ done, total, detail }) => seen.push([done, total, detail]),
    },
  );
  expect(seen).toEqual([
    [0, 2, 'a'],
    [1, 2, 'b'],
    [2, 2, undefined],
  ]);
  expect(await runsOf(to, 'kept')).toHaveLength(2);
});

it('throws REGISTRY_EXPERIMENT_NOT_FOUND, REGISTRY_DELETED and REGISTRY_COPY_TARGET', async () => {
  const registry = await openEmbedded();
  const other = await openEmbedded();
  const route = { from: registry, to: other };
  await expectCode(copyExperiment(route, { name: 'none' }), 'REGISTRY_EXPERIMENT_NOT_FOUND');
  const { experimentId } = await registry.createExperiment('gone');
  await registry.deleteExperiment(experimentId);
  await expectCode(copyExperiment(route, { name: 'gone' }), 'REGISTRY_DELETED');
  await registry.createExperiment('here');
  const inPlace = { from: registry, to: registry };
  await expectCode(copyExperiment(inPlace, { name: 'here' }), 'REGISTRY_COPY_TARGET');
});

/** A registry as that of a server of MLflow 2. */
function withoutLoggedModels(registry: Registry): Registry {
  return new Proxy(registry, {
    get(target, property, receiver) {
      const name = String(property);
      if (!/LoggedModel|^logModels$/.test(name)) return Reflect.get(target, property, receiver);
      return async () => {
        throw new OperationUnsupportedError(name, target.uri, 'It is MLflow 2.');
      };
    },
  });
}
