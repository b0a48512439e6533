import { appendFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { type OfflineRun, openOfflineRun } from '../../src/offline/open-offline-run.ts';
import { syncOfflineRuns } from '../../src/offline/sync-offline-runs.ts';
import { failingAfter, openEmbedded, runsOf } from '../transfer/transfer-scene.ts';

async function logOffline(folder: string, tags = {}): Promise<OfflineRun> {
  const run = await openOfflineRun(folder, {
    ...{ experimentName: 'churn', runName: 'forest', startTime: 1000, userId: 'ada' },
    tags: { team: 'crm', ...tags },
  });
  await run.logBatch({ params: { depth: '3' } });
  for (let step = 0; step < 1200; step += 400) {
    await run.logBatch({
      metrics: Array.from({ length: 400 }, (_, i) => {
        return { key: 'loss', value: 1 / (step + i + 1), timestamp: step + i, step: step + i };
      }),
    });
  }
  await run.logBatch({ metrics: [{ key: 'f1', value: NaN, timestamp: 1, step: 0 }] });
  await run.logInputs([{ name: 'd', digest: 'abc', sourceType: 'local', source: '{}' }]);
  await run.uploadArtifact('model/MLmodel', new TextEncoder().encode('flavors: {}'));
  await run.update({ status: 'FINISHED', endTime: 2000 });
  await run.close();
  return run;
}

async function expectSynced(registry: Awaited<ReturnType<typeof openEmbedded>>): Promise<void> {
  const [run, ...others] = await runsOf(registry);
  expect(others).toEqual([]);
  expect(run).toMatchObject({
    ...{ runName: 'forest', status: 'FINISHED', startTime: 1000, endTime: 2000, userId: 'ada' },
    ...{ params: { depth: '3' }, metrics: { loss: 1 / 1200, f1: NaN } },
    tags: { team: 'crm' },
    inputs: [{ name: 'd', digest: 'abc' }],
  });
  expect(await registry.getMetricHistory(run!.runId, 'loss')).toHaveLength(1200);
  const file = await registry.downloadArtifact(run!.runId, 'model/MLmodel');
  expect(new TextDecoder().decode(file)).toBe('flavors: {}');
}

it('sends what was logged to the registry, once', async () => {
  const folder = temporaryFolder();
  const registry = await openEmbedded();
  await logOffline(folder);
  const [first] = await syncOfflineRuns(registry, { folders: [folder] });
  expect(first).toMatchObject({ outcome: 'copied', status: 'FINISHED', isRemoved: false });
  await expectSynced(registry);
  const [again] = await syncOfflineRuns(registry, { folders: [first!.folder] });
  expect(again).toMatchObject({ outcome: 'unchanged', runId: first!.runId });
  await expectSynced(registry);
});

it('makes one whole run out of sends that died anywhere', async () => {
  const folder = temporaryFolder();
  await logOffline(folder);
  let isWhole = false;
  for (let writes = 0; !isWhole; writes += 2) {
    const registry = await openEmbedded();
    isWhole = await syncOfflineRuns(failingAfter(registry, writes), { folders: [folder] }).then(
      () => true,
      () => false,
    );
    await syncOfflineRuns(registry, { folders: [folder] });
    await expectSynced(registry);
  }
});

it('makes one run of what several send at the same time', async () => {
  for (let round = 0; round < 4; round++) {
    const folder = temporaryFolder();
    const registry = await openEmbedded();
    await logOffline(folder);
    const send = () => syncOfflineRuns(registry, { folders: [folder] });
    const sent = await Promise.all([send(), send(), send()]);
    expect(new Set(sent.flat().map(({ runId }) => runId)).size).toBe(1);
    await expectSynced(registry);
  }
});

it('sends a run that is still being logged to as far as it is, and the rest later', async () => {
  const folder = temporaryFolder();
  const registry = await openEmbedded();
  const run = await openOfflineRun(folder, { experimentName: 'churn', startTime: 1 });
  await run.logBatch({ metrics: [{ key: 'loss', value: 1, timestamp: 1, step: 0 }] });
  // As a process leaves it that dies while it writes.
  appendFileSync(join(run.folder, 'journal.jsonl'), '00000000 [{"kind":"ba');
  const [first] = await syncOfflineRuns(registry, { folders: [folder], afterSync: 'remove' });
  expect(first).toMatchObject({ outcome: 'copied', status: 'RUNNING', isRemoved: false });
  await run.logBatch({ metrics: [{ key: 'loss', value: 0.5, timestamp: 2, step: 1 }] });
  await run.update({ status: 'FINISHED', endTime: 3 });
  await run.close();
  const [second] = await syncOfflineRuns(registry, { folders: [folder], afterSync: 'remove' });
  expect(second).toMatchObject({ outcome: 'updated', runId: first!.runId, isRemoved: true });
  expect(readdirSync(folder)).toEqual([]);
  expect(await registry.getRun(first!.runId)).toMatchObject({
    status: 'FINISHED',
    metrics: { loss: 0.5 },
  });
});

it('keeps what was logged to an ended run while it was sent', async () => {
  const folder = temporaryFolder();
  const registry = await openEmbedded();
  const run = await openOfflineRun(folder, { experimentName: 'churn', startTime: 1 });
  await run.update({ status: 'FINISHED', endTime: 2 });
  const late = new TextEncoder().encode('late');
  let isLogged = false;
  const whileSending: typeof registry = {
    ...registry,
    async updateRun(runId, update) {
      if (!isLogged) await run.uploadArtifact('late.txt', late);
      isLogged = true;
      await registry.updateRun(runId, update);
    },
  };
  const request = { folders: [folder], afterSync: 'remove' } as const;
  const [first] = await syncOfflineRuns(whileSending, request);
  expect(first).toMatchObject({ outcome: 'copied', isRemoved: false });
  await run.close();
  const [second] = await syncOfflineRuns(registry, request);
  expect(second).toMatchObject({ outcome: 'updated', isRemoved: true });
  expect(await registry.downloadArtifact(first!.runId, 'late.txt')).toEqual(late);
});

it('nests runs, of several folders too, in the copies of their parents', async () => {
  const registry = await openEmbedded();
  const folders = [temporaryFolder(), temporaryFolder()];
  const parent = await logOffline(folders[0]!);
  await logOffline(folders[1]!, { 'mlflow.parentRunId': parent.runId });
  const [first, second] = await syncOfflineRuns(registry, { folders });
  const { tags } = await registry.getRun(second!.runId);
  expect(tags['mlflow.parentRunId']).toBe(first!.runId);
});

it('does not bring back a run that was deleted in the registry', async () => {
  const folder = temporaryFolder();
  const registry = await openEmbedded();
  await logOffline(folder);
  const [first] = await syncOfflineRuns(registry, { folders: [folder] });
  await registry.deleteRun(first!.runId);
  const [again] = await syncOfflineRuns(registry, { folders: [folder], afterSync: 'remove' });
  expect(again).toMatchObject({ outcome: 'deleted', isRemoved: false });
  expect(await runsOf(registry)).toEqual([]);
  await registry.collectGarbage({ deletedBefore: Date.now() + 1000, mode: 'remove' });
  const [gone] = await syncOfflineRuns(registry, { folders: [folder] });
  expect(gone).toMatchObject({ outcome: 'deleted', runId: first!.runId });
});

it('sends nothing of a run whose files were changed or are gone', async () => {
  const registry = await openEmbedded();
  const damages: ((blob: string) => void)[] = [(blob) => writeFileSync(blob, 'x'), rmSync];
  for (const damage of damages) {
    const { folder } = await logOffline(temporaryFolder());
    const blobs = join(folder, 'blobs');
    damage(join(blobs, readdirSync(blobs)[0]!));
    await expectCode(syncOfflineRuns(registry, { folders: [folder] }), 'REGISTRY_OFFLINE_DAMAGED');
    expect(existsSync(folder)).toBe(true);
  }
  for (const run of await runsOf(registry)) {
    expect(await registry.listArtifacts(run.runId)).toEqual([]);
    expect(run.status).toBe('RUNNING');
  }
});

it('throws REGISTRY_OFFLINE_DAMAGED for a folder that is not there, and finds none in an empty one', async () => {
  const registry = await openEmbedded();
  const folder = temporaryFolder();
  expect(await syncOfflineRuns(registry, { folders: [folder] })).toEqual([]);
  const folders = [join(folder, 'none')];
  await expectCode(syncOfflineRuns(registry, { folders }), 'REGISTRY_OFFLINE_DAMAGED', 'no folder');
});

it('throws REGISTRY_OFFLINE_DAMAGED for a note that does not say which run it became', async () => {
  const folder = temporaryFolder();
  const registry = await openEmbedded();
  await logOffline(folder);
  const [first] = await syncOfflineRuns(registry, { folders: [folder] });
  const note = readdirSync(first!.folder).find((name) => name.startsWith('synced-'))!;
  const path = join(first!.folder, note);
  for (const text of ['', '{"runId":', '{}', 'null']) {
    writeFileSync(path, text);
    const syncing = syncOfflineRuns(registry, { folders: [folder] });
    await expectCode(syncing, 'REGISTRY_OFFLINE_DAMAGED', new RegExp(note));
  }

  rmSync(path);

  const [again] = await syncOfflineRuns(registry, { folders: [folder] });
  expect(again).toMatchObject({ outcome: 'unchanged', runId: first!.runId });
});
