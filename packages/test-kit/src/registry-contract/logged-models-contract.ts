import { type LoggedModel, iterateLoggedModels } from '@gnu-mlops/registry-client';
import { describe, expect } from 'vitest';
import { type ContractExceptions, itUsing } from './contract-exceptions.ts';
import {
  type ContractScene,
  type OpenRegistryForTest,
  SCENE_MLMODEL,
  SCENE_TIME,
  createContractScene,
} from './contract-scene.ts';
import { expectCode } from './expect-code.ts';

/** What every registry does with logged models. */
export function loggedModelsContract(
  open: OpenRegistryForTest,
  exceptions: ContractExceptions,
): void {
  const it = itUsing(exceptions, 'createLoggedModel');
  describe('logged models', () => {
    it('gives back what was created, pending until it is finalized', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { experimentId, runId } = await createRun();
      const created = await registry.createLoggedModel({
        experimentId,
        name: 'forest',
        modelType: 'gnu-mlops',
        sourceRunId: runId,
        params: { depth: '4' },
        tags: { team: 'crm' },
      });
      expect(created.modelId).toMatch(/^m-[0-9a-f]{32}$/);
      expect(created).toMatchObject({
        experimentId,
        name: 'forest',
        status: 'PENDING',
        modelType: 'gnu-mlops',
        sourceRunId: runId,
        params: { depth: '4' },
        metrics: [],
      });
      expect(created.tags).toMatchObject({ team: 'crm' });
      expect(created.artifactUri).toContain(created.modelId);
      expect(await registry.getLoggedModel(created.modelId)).toEqual(created);
      const ready = await registry.finalizeLoggedModel(created.modelId, 'READY');
      expect(ready.status).toBe('READY');
      expect((await registry.getLoggedModel(created.modelId)).status).toBe('READY');
    });

    it('names one that was given no name, and refuses names that URIs cannot hold', async () => {
      const { registry, createExperimentId } = await createContractScene(open);
      const experimentId = await createExperimentId();
      expect((await registry.createLoggedModel({ experimentId })).name).not.toBe('');
      for (const name of ['a/b', 'a:b', ' ']) {
        await expectCode(
          registry.createLoggedModel({ experimentId, name }),
          'REGISTRY_NAME_INVALID',
        );
      }
    });

    it('throws REGISTRY_LOGGED_MODEL_NOT_FOUND for one that is not there or was deleted', async () => {
      const { registry, createExperimentId } = await createContractScene(open);
      const experimentId = await createExperimentId();
      const unknown = `m-${'0'.repeat(32)}`;
      const code = 'REGISTRY_LOGGED_MODEL_NOT_FOUND';
      await expectCode(registry.getLoggedModel(unknown), code, unknown);
      await expectCode(registry.finalizeLoggedModel(unknown, 'READY'), code);
      await expectCode(registry.setLoggedModelTags(unknown, { a: 'b' }), code);
      await expectCode(registry.deleteLoggedModel(unknown), code);
      const { modelId } = await registry.createLoggedModel({ experimentId });
      await registry.deleteLoggedModel(modelId);
      await expectCode(registry.getLoggedModel(modelId), code);
      const { items } = await registry.searchLoggedModels({ experimentIds: [experimentId] });
      expect(items).toEqual([]);
    });

    it('changes and deletes tags', async () => {
      const { registry, createExperimentId } = await createContractScene(open);
      const experimentId = await createExperimentId();
      const { modelId } = await registry.createLoggedModel({ experimentId, tags: { a: '1' } });
      await registry.setLoggedModelTags(modelId, { a: '2', b: '3' });
      await registry.deleteLoggedModelTag(modelId, 'b');
      const { tags } = await registry.getLoggedModel(modelId);
      expect(tags).toMatchObject({ a: '2' });
      expect(tags).not.toHaveProperty('b');
      await expectCode(registry.deleteLoggedModelTag(modelId, 'b'), 'REGISTRY_TAG_NOT_FOUND', 'b');
    });

    it('adds parameters', async () => {
      const { registry, createExperimentId } = await createContractScene(open);
      const experimentId = await createExperimentId();
      const { modelId } = await registry.createLoggedModel({ experimentId, params: { a: '1' } });
      await registry.logLoggedModelParams(modelId, { b: '2' });
      expect((await registry.getLoggedModel(modelId)).params).toEqual({ a: '1', b: '2' });
    });

    it('has the metrics that runs logged with its id, and so has the run', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { experimentId, runId } = await createRun();
      const { modelId } = await registry.createLoggedModel({ experimentId });
      const metric = { key: 'f1', value: 0.8, timestamp: SCENE_TIME, step: 1 };
      await registry.logBatch(runId, { metrics: [{ ...metric, modelId }] });
      expect((await registry.getLoggedModel(modelId)).metrics).toMatchObject([
        { ...metric, runId },
      ]);
      expect((await registry.getRun(runId)).metrics).toEqual({ f1: 0.8 });
    });

    it('is noted with the runs that read and made it', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { experimentId, runId } = await createRun();
      const read = await registry.createLoggedModel({ experimentId });
      const made = await registry.createLoggedModel({ experimentId });
      const models = {
        inputs: [read.modelId],
        outputs: [{ modelId: made.modelId, step: 3 }],
      };
      await registry.logModels(runId, models);
      await registry.logModels(runId, models);
      const run = await registry.getRun(runId);
      expect(run.modelInputs).toEqual([read.modelId]);
      expect(run.modelOutputs).toEqual([{ modelId: made.modelId, step: 3 }]);
    });

    it('has files of its own', async () => {
      const { registry, createExperimentId } = await createContractScene(open);
      const experimentId = await createExperimentId();
      const { modelId } = await registry.createLoggedModel({ experimentId });
      const bytes = new TextEncoder().encode('flavors: {}');
      await registry.uploadArtifact(modelId, 'MLmodel', bytes);
      await registry.uploadArtifact(modelId, 'data/model.bin', bytes);
      expect(await registry.downloadArtifact(modelId, 'MLmodel')).toEqual(bytes);
      expect((await registry.listArtifacts(modelId)).map(({ path }) => path)).toEqual([
        'MLmodel',
        'data',
      ]);
      await expectCode(
        registry.downloadArtifact(modelId, 'nothing'),
        'REGISTRY_ARTIFACT_NOT_FOUND',
        modelId,
      );
    });

    itUsing(
      exceptions,
      'createLoggedModel',
      'createRegisteredModel',
    )('is the source of a version, which has its files', async () => {
      const { registry, createRun, freshModelName } = await createContractScene(open);
      const { experimentId, runId } = await createRun();
      const { modelId } = await registry.createLoggedModel({
        experimentId,
        sourceRunId: runId,
      });
      const description = new TextEncoder().encode(SCENE_MLMODEL);
      await registry.uploadArtifact(modelId, 'MLmodel', description);
      await registry.finalizeLoggedModel(modelId, 'READY');
      const { name } = await registry.createRegisteredModel(freshModelName());
      const source = `models:/${modelId}`;
      const { version } = await registry.createModelVersion({
        name,
        source,
        runId,
        modelId,
        createdAt: SCENE_TIME,
      });
      expect(await registry.getModelVersion(name, version)).toMatchObject({ modelId, runId });
      expect(await registry.downloadModelFile(name, version, 'MLmodel')).toEqual(description);
      expect(await registry.getDownloadUri(name, version)).toMatch(/^[a-z][\w+.-]+:/);
    });
  });

  describe('search for logged models', () => {
    it.each([
      ["name = 'b'", 'b'],
      ["name LIKE 'a%'", 'a'],
      ["name ILIKE 'A%'", 'a'],
      ["name != 'a' AND params.depth = '2'", 'b'],
      ["params.depth = '4'", 'ca'],
      ["tags.team = 'crm'", 'a'],
      ['metrics.f1 > 0.75', 'cb'],
      ['metrics.f1 >= 0.7 AND metrics.f1 < 0.85', 'ba'],
      ["attributes.name IN ('a', 'c')", 'ca'],
      ["name NOT IN ('a', 'c')", 'b'],
    ])('finds by %j', async (filter, expected) => {
      const { registry, experimentIds } = await createThree(await createContractScene(open));
      expect(names((await registry.searchLoggedModels({ experimentIds, filter })).items)).toBe(
        expected,
      );
    });

    it('orders by a metric, either way, and by name', async () => {
      const { registry, experimentIds } = await createThree(await createContractScene(open));
      const search = async (orderBy: string) =>
        names((await registry.searchLoggedModels({ experimentIds, orderBy: [orderBy] })).items);
      expect(await search('metrics.f1 DESC')).toBe('cba');
      expect(await search('metrics.f1 ASC')).toBe('abc');
      expect(await search('name DESC')).toBe('cba');
    });

    it('looks at the metrics of one data set where one is named', async () => {
      const { registry, experimentIds } = await createThree(await createContractScene(open));
      const filter = 'metrics.f1 > 0.1';
      const datasets = [{ datasetName: 'test', datasetDigest: 'd1' }];
      const { items } = await registry.searchLoggedModels({ experimentIds, filter, datasets });
      expect(names(items)).toBe('b');
      const orderBy = [{ orderBy: 'metrics.f1 DESC', datasetName: 'test', datasetDigest: 'd1' }];
      const ordered = await registry.searchLoggedModels({ experimentIds, orderBy });
      expect(ordered.items[0]?.name).toBe('b');
    });

    it('iterates over all of them, a page at a time', async () => {
      const { registry, experimentIds } = await createThree(await createContractScene(open));
      const found: LoggedModel[] = [];
      for await (const model of iterateLoggedModels(registry, { experimentIds, maxResults: 2 })) {
        found.push(model);
      }
      expect(names(found)).toBe('cba');
    });
  });
}

/** Logged models "a", "b" and "c" in an experiment of their own; "b" was measured on a data set. */
async function createThree({ registry, createRun }: ContractScene) {
  const { experimentId, runId } = await createRun();
  const facts = [
    { name: 'a', depth: '4', f1: 0.7, tags: { team: 'crm' }, dataset: {} },
    {
      name: 'b',
      depth: '2',
      f1: 0.8,
      tags: {},
      dataset: { datasetName: 'test', datasetDigest: 'd1' },
    },
    { name: 'c', depth: '4', f1: 0.9, tags: {}, dataset: {} },
  ];
  const dataset = { name: 'test', digest: 'd1', sourceType: 'local', source: '{}' };
  await registry.logInputs(runId, [dataset]);
  for (const { name, depth, f1, tags, dataset: measuredOn } of facts) {
    const { modelId } = await registry.createLoggedModel({
      experimentId,
      name,
      params: { depth },
      tags,
    });
    const metric = { key: 'f1', value: f1, timestamp: SCENE_TIME, step: 0, ...measuredOn };
    await registry.logBatch(runId, { metrics: [{ ...metric, modelId }] });
    await nextMillisecond();
  }
  return { registry, experimentIds: [experimentId] };
}

/** Newest first is told by the clock of the registry, which counts milliseconds. */
async function nextMillisecond(): Promise<void> {
  const now = Date.now();
  while (Date.now() <= now) await new Promise((resolve) => setTimeout(resolve, 1));
}

function names(models: readonly LoggedModel[]): string {
  return models.map(({ name }) => name).join('');
}
