import { expectCode } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { copyRun } from '../../src/transfer/copy.ts';
import { expectSameRun } from './expect-same-run.ts';
import { failingAfter, logRun, openEmbedded, runsOf } from './transfer-scene.ts';

it('copies everything that a run holds, and says where it is from', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  const { runId } = await logRun(from);
  const copied = await copyRun({ from, to }, { runId });
  expect(copied).toMatchObject({ outcome: 'copied', metricPointCount: 1102, fileCount: 3 });
  await expectSameRun({ registry: from, runId }, { registry: to, runId: copied.runId });
  const { tags } = await to.getRun(copied.runId);
  expect(tags['gnu_mlops.copied_from_registry']).toBe(from.uri);
});

it('copies tags and parameters of any name', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  const { runId } = await logRun(from);
  const named = JSON.parse('{"__proto__":"a","constructor":"b"}') as Record<string, string>;
  await from.logBatch(runId, { tags: named, params: named });
  const copied = await copyRun({ from, to }, { runId });
  const { tags, params } = await to.getRun(copied.runId);
  for (const kept of [tags, params]) {
    expect(Object.entries(kept)).toEqual(expect.arrayContaining(Object.entries(named)));
  }
});

it('changes nothing where the copy is there, and updates it where the run has changed', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  const { runId } = await logRun(from);
  const first = await copyRun({ from, to }, { runId });
  const again = await copyRun({ from, to }, { runId });
  expect(again).toMatchObject({ outcome: 'unchanged', runId: first.runId, fileCount: 0 });

  await from.logBatch(runId, { tags: { team: 'sales' }, params: { late: 'yes' } });
  await from.uploadArtifact(runId, 'model/MLmodel', new TextEncoder().encode('flavors: {x: 1}'));
  const updated = await copyRun({ from, to }, { runId });
  expect(updated).toMatchObject({ outcome: 'updated', runId: first.runId, fileCount: 1 });
  await expectSameRun({ registry: from, runId }, { registry: to, runId: first.runId });
});

it('makes one whole copy out of copies that died anywhere', async () => {
  const from = await openEmbedded();
  const { runId } = await logRun(from);
  let writes = 0;
  for (let isWhole = false; !isWhole; writes += 2) {
    const to = await openEmbedded();
    isWhole = await copyRun({ from, to: failingAfter(to, writes) }, { runId }).then(
      () => true,
      (error: Error) => {
        expect(error.message).toBe('killed');
        return false;
      },
    );
    const copied = await copyRun({ from, to }, { runId });
    expect(copied.outcome).toBe(isWhole ? 'unchanged' : 'copied');
    expect(await runsOf(to)).toHaveLength(1);
    await expectSameRun({ registry: from, runId }, { registry: to, runId: copied.runId });
  }
  expect(writes).toBeGreaterThan(8);
});

it('names the copy of a parent, and no run where there is no copy', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  const parent = await logRun(from, { runName: 'tuning' });
  const tags = { 'mlflow.parentRunId': parent.runId };
  const { runId } = await logRun(from, { runName: 'trial', tags });
  const alone = await copyRun({ from, to }, { runId });
  expect((await to.getRun(alone.runId)).tags).not.toHaveProperty('mlflow.parentRunId');

  const copiedParent = await copyRun({ from, to }, { runId: parent.runId });
  await from.logBatch(runId, { tags: { touched: 'yes' } });
  await copyRun({ from, to }, { runId });
  await expectSameRun(
    { registry: from, runId },
    { registry: to, runId: alone.runId },
    {
      'mlflow.parentRunId': copiedParent.runId,
    },
  );
});

it('copies within one registry into another experiment only', async () => {
  const registry = await openEmbedded();
  const { runId } = await logRun(registry);
  const route = { from: registry, to: registry };
  await expectCode(copyRun(route, { runId }), 'REGISTRY_COPY_TARGET');
  await expectCode(copyRun(route, { runId, experimentName: 'churn' }), 'REGISTRY_COPY_TARGET');
  const { runId: copy } = await copyRun(route, { runId, experimentName: 'kept' });
  await expectSameRun({ registry, runId }, { registry, runId: copy });
});

it('ends when it is told to, and goes on from there', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  const { runId } = await logRun(from);
  const abort = new AbortController();
  const reason = new Error('enough');
  const aborting = new Proxy(to, {
    get(target, property, receiver) {
      if (property === 'uploadArtifact') abort.abort(reason);
      const value: unknown = Reflect.get(target, property, receiver);
      return value;
    },
  });
  await expect(copyRun({ from, to: aborting }, { runId }, { signal: abort.signal })).rejects.toBe(
    reason,
  );
  const { runId: copy, outcome } = await copyRun({ from, to }, { runId });
  expect(outcome).toBe('copied');
  await expectSameRun({ registry: from, runId }, { registry: to, runId: copy });
});

it('throws REGISTRY_RUN_NOT_FOUND and makes nothing', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  const runId = '0'.repeat(32);
  await expectCode(copyRun({ from, to }, { runId }), 'REGISTRY_RUN_NOT_FOUND');
  expect((await to.searchExperiments()).items.map(({ name }) => name)).toEqual(
    (await from.searchExperiments()).items.map(({ name }) => name),
  );
});
