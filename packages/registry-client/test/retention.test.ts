import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { openRegistry } from '../src/open-registry.ts';
import { applyRetention, planRetention } from '../src/retention.ts';

const policy = { experimentIds: ['0'], endedBefore: 1000 };

it('lets go of runs that ended long enough ago, and plans without changing anything', async () => {
  const { registry, addRun } = await prepare();
  const old = await addRun({ endTime: 999 });
  const recent = await addRun({ endTime: 1000 });
  const running = await addRun({});
  const plan = await planRetention(registry, policy);
  expect(plan).toEqual({ runIds: [old], keptForVersions: 0 });
  expect((await registry.getRun(old)).lifecycleStage).toBe('active');
  await applyRetention(registry, plan);
  expect((await registry.getRun(old)).lifecycleStage).toBe('deleted');
  for (const id of [recent, running]) {
    expect((await registry.getRun(id)).lifecycleStage).toBe('active');
  }
  await registry.restoreRun(old);
});

it('keeps runs that a version came from, and says how many', async () => {
  const { registry, addRun } = await prepare();
  const source = await addRun({ endTime: 1 });
  const other = await addRun({ endTime: 1 });
  await registry.createRegisteredModel('m');
  await registry.createModelVersion({ name: 'm', source: `runs:/${source}`, createdAt: 0 });
  expect(await planRetention(registry, policy)).toEqual({ runIds: [other], keptForVersions: 1 });
});

it('keeps the newest of each experiment, and what a filter finds', async () => {
  const { registry, addRun } = await prepare();
  const runIds: string[] = [];
  for (const startTime of [1, 2, 3, 4]) runIds.push(await addRun({ startTime, endTime: 10 }));
  await registry.logBatch(runIds[0]!, { tags: { keep: 'true' } });
  const plan = await planRetention(registry, {
    ...policy,
    keepNewest: 2,
    keep: "tags.keep = 'true'",
  });
  expect(plan.runIds).toEqual([runIds[1]]);
});

it('goes on where a run of the plan is gone for good', async () => {
  const { registry, addRun } = await prepare();
  const runId = await addRun({ endTime: 1 });
  await applyRetention(registry, { runIds: ['0'.repeat(32), runId] });
  expect((await registry.getRun(runId)).lifecycleStage).toBe('deleted');
});

it('refuses a policy that makes no sense', async () => {
  const { registry } = await prepare();
  const code = 'REGISTRY_VALUE_INVALID';
  await expectCode(planRetention(registry, { ...policy, endedBefore: NaN }), code);
  await expectCode(planRetention(registry, { ...policy, keepNewest: -1 }), code);
  await expectCode(planRetention(registry, { ...policy, keep: 'x' }), 'REGISTRY_FILTER_INVALID');
});

async function prepare() {
  const registry = await openRegistry(`sqlite:///${temporaryFolder()}/mlflow.db`);
  onTestFinished(() => registry.close());
  return {
    registry,
    async addRun(times: { readonly startTime?: number; readonly endTime?: number }) {
      const { startTime = 0, endTime } = times;
      const { runId } = await registry.createRun({ experimentId: '0', startTime });
      if (endTime !== undefined) await registry.updateRun(runId, { status: 'FINISHED', endTime });
      return runId;
    },
  };
}
