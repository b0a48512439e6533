import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { createFakeClock, expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { openRegistry } from '../../src/open-registry.ts';

const DAY_MS = 86_400_000;

it('says what would go and how many bytes, and changes nothing', async () => {
  const { registry, addRun, clock } = await prepare();
  const kept = await addRun('kept', 10);
  const deleted = await addRun('deleted', 1000);
  await registry.deleteRun(deleted);
  clock.advance(DAY_MS);
  const report = { experimentIds: [], runIds: [deleted], loggedModelIds: [] };
  expect(await registry.collectGarbage({ deletedBefore: clock.now() })).toEqual({
    ...report,
    fileCount: 1,
    sizeBytes: 1000,
  });
  expect(await registry.downloadArtifact(deleted, 'file')).toHaveLength(1000);
  expect(await registry.downloadArtifact(kept, 'file')).toHaveLength(10);
});

it('removes what was deleted long enough ago, with everything that belongs to it', async () => {
  const { registry, addRun, clock, blobs } = await prepare();
  const early = await addRun('early', 1000);
  const late = await addRun('late', 500);
  await registry.deleteRun(early);
  clock.advance(10 * DAY_MS);
  await registry.deleteRun(late);
  const deletedBefore = clock.now() - 5 * DAY_MS;
  const report = await registry.collectGarbage({ deletedBefore, mode: 'remove' });
  expect(report).toMatchObject({ runIds: [early], fileCount: 1, sizeBytes: 1000 });
  await expectCode(registry.getRun(early), 'REGISTRY_RUN_NOT_FOUND');
  expect((await registry.getRun(late)).lifecycleStage).toBe('deleted');
  expect(blobs()).toHaveLength(1);
  const again = await registry.collectGarbage({ deletedBefore, mode: 'remove' });
  expect(again).toMatchObject({ runIds: [], fileCount: 0, sizeBytes: 0 });
});

it('removes deleted experiments with their runs and logged models', async () => {
  const { registry, addRun, clock, blobs } = await prepare();
  const { experimentId } = await registry.createExperiment('gone', { tags: { a: 'b' } });
  const runId = await addRun('of it', 100, experimentId);
  const { modelId } = await registry.createLoggedModel({
    experimentId,
    params: { a: '1' },
    tags: { a: '1' },
  });
  await registry.logModels(runId, { inputs: [modelId], outputs: [{ modelId, step: 0 }] });
  const metric = { key: 'f1', value: 1, timestamp: 0, step: 0, modelId };
  await registry.logBatch(runId, { metrics: [metric] });
  await registry.uploadArtifact(modelId, 'MLmodel', new Uint8Array(7));
  await registry.deleteExperiment(experimentId);
  clock.advance(DAY_MS);
  const report = await registry.collectGarbage({ deletedBefore: clock.now(), mode: 'remove' });
  expect(report).toEqual({
    experimentIds: [experimentId],
    runIds: [runId],
    loggedModelIds: [modelId],
    fileCount: 2,
    sizeBytes: 107,
  });
  await expectCode(registry.getExperiment(experimentId), 'REGISTRY_EXPERIMENT_NOT_FOUND');
  expect(blobs()).toEqual([]);
  expect((await registry.createExperiment('gone')).tags).toEqual({});
});

it('removes any number of runs, some at a time', async () => {
  const { registry, clock } = await prepare();
  const { experimentId } = await registry.createExperiment('many');
  for (let i = 0; i < 450; i++) await registry.createRun({ experimentId, startTime: i });
  await registry.deleteExperiment(experimentId);
  clock.advance(DAY_MS);
  const request = { deletedBefore: clock.now() };
  const planned = await registry.collectGarbage(request);
  expect(planned.runIds).toHaveLength(450);
  const removed = await registry.collectGarbage({ ...request, mode: 'remove' });
  expect(removed.experimentIds).toEqual([experimentId]);
  expect(removed.runIds).toEqual(planned.runIds);
});

it('keeps deleted runs and logged models that a version came from', async () => {
  const { registry, addRun, clock } = await prepare();
  const runId = await addRun('source', 100);
  const { modelId } = await registry.createLoggedModel({ experimentId: '0' });
  await registry.uploadArtifact(modelId, 'MLmodel', new Uint8Array(7));
  await registry.createRegisteredModel('m');
  await registry.createModelVersion({ name: 'm', source: `runs:/${runId}`, createdAt: 0 });
  await registry.createModelVersion({ name: 'm', source: `models:/${modelId}`, createdAt: 0 });
  await registry.deleteRun(runId);
  await registry.deleteLoggedModel(modelId);
  clock.advance(DAY_MS);
  const request = { deletedBefore: clock.now(), mode: 'remove' } as const;
  expect(await registry.collectGarbage(request)).toMatchObject({ runIds: [], loggedModelIds: [] });
  expect(await registry.downloadModelFile('m', '1', 'file')).toHaveLength(100);
  expect(await registry.downloadModelFile('m', '2', 'MLmodel')).toHaveLength(7);
  await expectCode(
    registry.uploadArtifact(modelId, 'MLmodel', new Uint8Array(1)),
    'REGISTRY_LOGGED_MODEL_NOT_FOUND',
  );
  await registry.deleteRegisteredModel('m');
  expect(await registry.collectGarbage(request)).toMatchObject({
    runIds: [runId],
    loggedModelIds: [modelId],
    fileCount: 2,
  });
});

it('removes the content of replaced and deleted artifacts, and keeps what others share', async () => {
  const { registry, addRun, clock, blobs } = await prepare();
  const one = await addRun('one', 100);
  const two = await addRun('two', 100);
  await registry.uploadArtifact(one, 'other', new Uint8Array(50).fill(1));
  await registry.uploadArtifact(one, 'other', new Uint8Array(60).fill(2));
  await registry.deleteArtifact(one, 'file');
  expect(blobs()).toHaveLength(3);
  const report = await registry.collectGarbage({ deletedBefore: clock.now(), mode: 'remove' });
  expect(report).toMatchObject({ fileCount: 1, sizeBytes: 50 });
  expect(await registry.downloadArtifact(two, 'file')).toHaveLength(100);
  expect(await registry.downloadArtifact(one, 'other')).toHaveLength(60);
});

it('removes what uploads left behind that died long ago, and no younger ones', async () => {
  const [old, young] = [crypto.randomUUID(), crypto.randomUUID()];
  const { registry, addRun, clock, root } = await prepare();
  await addRun('any', 10);
  writeFileSync(`${root}/.uploads/${old}`, 'x');
  writeFileSync(`${root}/.uploads/${young}`, 'x');
  const longAgo = Date.now() / 1000 - 2 * 86_400;
  utimesSync(`${root}/.uploads/${old}`, longAgo, longAgo);
  await registry.collectGarbage({ deletedBefore: clock.now(), mode: 'remove' });
  expect(readdirSync(`${root}/.uploads`)).toEqual([young]);
});

it('takes nothing from uploads of the same content at the same time', async () => {
  const { registry, addRun, clock } = await prepare();
  const runId = await addRun('busy', 10);
  let isWriting = true;
  async function replaceOften(): Promise<void> {
    for (let i = 0; i < 40; i++) {
      const content = new Uint8Array(1000).fill(i % 3);
      await registry.uploadArtifact(runId, 'file', content);
      expect(await registry.downloadArtifact(runId, 'file')).toEqual(content);
      await registry.deleteArtifact(runId, 'file');
    }
    isWriting = false;
  }
  async function collectOften(): Promise<void> {
    while (isWriting) {
      await registry.collectGarbage({ deletedBefore: clock.now(), mode: 'remove' });
    }
  }
  await Promise.all([replaceOften(), collectOften()]);
});

it('refuses a time or mode that makes no sense, and stops when it is aborted', async () => {
  const { registry, addRun } = await prepare();
  await addRun('any', 10);
  await expectCode(registry.collectGarbage({ deletedBefore: NaN }), 'REGISTRY_VALUE_INVALID');
  const wrong = { deletedBefore: 0, mode: 'delete' as 'remove' };
  await expectCode(registry.collectGarbage(wrong), 'REGISTRY_VALUE_INVALID', /plan or remove/);
  const reason = new Error('enough');
  const signal = AbortSignal.abort(reason);
  await expect(registry.collectGarbage({ deletedBefore: 0 }, { signal })).rejects.toBe(reason);
});

async function prepare() {
  const folder = temporaryFolder();
  const root = `${folder}/mlartifacts`;
  const clock = createFakeClock(Date.UTC(2026, 0, 1));
  const registry = await openRegistry(`sqlite:///${folder}/mlflow.db`, clock);
  onTestFinished(() => registry.close());
  return {
    registry,
    clock,
    root,
    /** The files of the store. */
    blobs: () =>
      existsSync(`${root}/blobs`)
        ? readdirSync(`${root}/blobs`, { recursive: true, withFileTypes: true }).filter((entry) =>
            entry.isFile(),
          )
        : [],
    /** A run with one artifact of a content that depends on its size alone. */
    async addRun(runName: string, sizeBytes: number, experimentId = '0'): Promise<string> {
      const { runId } = await registry.createRun({ experimentId, runName, startTime: 0 });
      await registry.logBatch(runId, {
        params: { a: '1' },
        metrics: [{ key: 'm', value: 1, timestamp: 0, step: 0 }],
      });
      await registry.uploadArtifact(runId, 'file', new Uint8Array(sizeBytes));
      return runId;
    },
  };
}
