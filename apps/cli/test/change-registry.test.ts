import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Experiment, ModelVersion, RegisteredModel, Run } from '@gnu-mlops/registry-client';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { ownerTags } from '../src/interrupted-runs.ts';
import { OWNER_TAG, type ProcessIdentity, thisProcess } from '../src/process-identity.ts';
import { run, runJson } from './run.ts';
import { EXPERIMENT, MODEL, inRegistry, seedRegistry } from './seed-registry.ts';

interface Model {
  readonly model: RegisteredModel;
  readonly versions: readonly ModelVersion[];
}

it('creates, renames, tags, deletes and restores an experiment', async () => {
  const folder = temporaryFolder();
  const experiments = (...args: string[]) =>
    runJson<{ experiment: Experiment }>(folder, ['experiments', ...args]);
  const { experiment } = await experiments('create', 'churn');
  expect(experiment.name).toBe('churn');
  expect((await experiments('rename', 'churn', 'old')).experiment.name).toBe('old');
  expect((await experiments('tag', 'old', 'team=a=b')).experiment.tags).toEqual({ team: 'a=b' });
  expect((await experiments('untag', experiment.experimentId, 'team')).experiment.tags).toEqual({});
  expect((await experiments('delete', 'old')).experiment.lifecycleStage).toBe('deleted');
  expect((await run(folder, ['experiments', 'list'])).output).not.toContain('old');
  expect((await run(folder, ['experiments', 'list', '--deleted'])).output).toContain('old');
  expect((await experiments('restore', 'old')).experiment.lifecycleStage).toBe('active');
  expect((await run(folder, ['experiments', 'show', 'none'])).exitCode).toBe(5);
});

it('renames, tags, deletes and restores runs', async () => {
  const folder = temporaryFolder();
  const [first, second] = await seedRegistry(folder);
  const runs = async (...args: string[]) =>
    (await runJson<{ runs: Run[] }>(folder, ['runs', ...args])).runs;
  expect((await runs('rename', first, 'best'))[0]!.runName).toBe('best');
  expect((await runs('tag', first, 'team=crm'))[0]!.tags).toMatchObject({ team: 'crm' });
  expect((await runs('untag', first, 'team'))[0]!.tags).not.toHaveProperty('team');
  const deleted = await runs('delete', first, second);
  expect(deleted.map(({ lifecycleStage }) => lifecycleStage)).toEqual(['deleted', 'deleted']);
  const list = await run(folder, ['runs', 'list', '--deleted']);
  expect(list.output).toMatch(/best +deleted/);
  expect((await runs('restore', second))[0]!.lifecycleStage).toBe('active');
  const missing = '0'.repeat(32);
  expect((await run(folder, ['runs', 'delete', second, missing])).exitCode).toBe(5);
  expect(await inRegistry(folder, (registry) => registry.getRun(second))).toMatchObject({
    lifecycleStage: 'active',
  });
});

it('renames, tags and aliases models and versions', async () => {
  const folder = temporaryFolder();
  await seedRegistry(folder);
  const models = (...args: string[]) => runJson<Model>(folder, ['models', ...args]);
  expect((await models('rename', MODEL, 'churn')).model.name).toBe('churn');
  expect((await models('tag', 'churn', 'team=crm')).model.tags).toEqual({ team: 'crm' });
  expect((await models('untag', 'churn', 'team')).model.tags).toEqual({});
  const tagged = await models('tag', 'churn', 'seen=yes', '--version', '2');
  expect(tagged.versions.find(({ version }) => version === '2')?.tags).toMatchObject({
    seen: 'yes',
  });
  expect((await models('alias', 'churn', 'best', '2')).model.aliases).toMatchObject({ best: '2' });
  expect((await models('unalias', 'churn', 'best')).model.aliases).not.toHaveProperty('best');
  const reserved = await run(folder, ['models', 'alias', 'churn', 'champion', '2']);
  expect(reserved).toMatchObject({ exitCode: 2 });
  expect(reserved.notes).toContain('REGISTRY_NAME_RESERVED');
});

it('removes versions and models for good only with --yes, and none that is deployed', async () => {
  const folder = temporaryFolder();
  await seedRegistry(folder);
  for (const args of [
    ['delete-version', MODEL, '2'],
    ['delete', MODEL],
  ]) {
    const refused = await run(folder, ['models', ...args]);
    expect(refused).toMatchObject({ exitCode: 2, output: '' });
    expect(refused.notes).toMatch(/would be removed for good.*--yes.*CLI_CONFIRMATION_MISSING/);
  }
  const left = await runJson<Model>(folder, ['models', 'delete-version', MODEL, '2', '--yes']);
  expect(left.versions.map(({ version }) => version)).toEqual(['1']);
  const held = await run(folder, ['models', 'delete', MODEL, '--yes']);
  expect(held).toMatchObject({ exitCode: 6 });
  expect(held.notes).toContain('REGISTRY_STAGE_HELD');
  await inRegistry(folder, (registry) =>
    registry.moveStage({
      ...{ name: MODEL, version: '1', stage: 'Archived', expectedHolder: null },
      ...{ actor: 'ada', reason: 'done', evidence: '{}', at: 4000 },
    }),
  );
  expect((await run(folder, ['models', 'delete', MODEL, '--yes'])).output).toContain('is gone');
  expect((await run(folder, ['models', 'show', MODEL])).exitCode).toBe(5);
});

it('says what garbage there is, and removes it only with --yes', async () => {
  const folder = temporaryFolder();
  const runId = await inRegistry(folder, async (registry) => {
    const { experimentId } = await registry.ensureExperiment(EXPERIMENT);
    const created = await registry.createRun({ experimentId, startTime: 1 });
    await registry.uploadArtifact(created.runId, 'big.bin', new Uint8Array(12_345).fill(7));
    await registry.deleteRun(created.runId);
    return created.runId;
  });
  const later = { now: () => Date.now() + 3_600_000 };
  const plan = await run(folder, ['registry', 'gc'], later);
  expect(plan.exitCode).toBe(0);
  expect(plan.output).toMatch(/Would be removed.*\n(.*\n)*runs +1\n(.*\n)*files +1 file, 12\.3 kB/);
  expect(plan.output).toContain('--yes');
  const young = await run(folder, ['registry', 'gc', '--older-than', '2h', '--yes'], later);
  expect(young.output).toBe('Nothing to remove.\n');
  const removed = await run(folder, ['registry', 'gc', '--yes', '--json'], later);
  expect(JSON.parse(removed.output)).toMatchObject({
    mode: 'remove',
    runIds: [runId],
    fileCount: 1,
  });
  expect((await run(folder, ['registry', 'gc'], later)).output).toBe('Nothing to remove.\n');
  expect((await run(folder, ['runs', 'show', runId])).exitCode).toBe(5);
});

it('ends runs that are on record as running, and no others', async () => {
  const folder = temporaryFolder();
  const [finished] = await seedRegistry(folder);
  const runId = await inRegistry(folder, async (registry) => {
    const { experimentId } = await registry.ensureExperiment(EXPERIMENT);
    return (await registry.createRun({ experimentId, startTime: 1 })).runId;
  });
  const { output, notes } = await run(folder, ['runs', 'end', runId, finished]);
  expect(output).toMatch(new RegExp(`${runId} .*KILLED`));
  expect(notes).toContain('1 of them had ended already');
  const after = await inRegistry(folder, (registry) => registry.getRun(finished));
  expect(after).toMatchObject({ status: 'FINISHED', endTime: 2000 });
  expect((await run(folder, ['runs', 'end'])).exitCode).toBe(2);
});

it.runIf(thisProcess() !== undefined)(
  'shows runs whose process has certainly ended as interrupted, and ends them',
  async () => {
    const folder = temporaryFolder();
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
    await once(child, 'spawn');
    const here = thisProcess()!;
    const owners: Record<string, Partial<ProcessIdentity> | undefined> = {
      gone: { ...here, pid: child.pid!, started: '1' },
      here,
      elsewhere: { ...here, host: 'another', pid: child.pid! },
      unknown: undefined,
      odd: { pid: 1 },
    };
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(ownerTags()).toEqual({ [OWNER_TAG]: JSON.stringify(here) });
    await inRegistry(folder, async (registry) => {
      const { experimentId } = await registry.ensureExperiment(EXPERIMENT);
      for (const [runName, owner] of Object.entries(owners)) {
        const tags = owner === undefined ? {} : { [OWNER_TAG]: JSON.stringify(owner) };
        await registry.createRun({ experimentId, runName, startTime: 1, tags });
      }
    });
    const list = await runJson<{ runs: (Run & { isInterrupted?: true })[] }>(folder, [
      'runs',
      'list',
    ]);
    const interrupted = list.runs.filter(({ isInterrupted }) => isInterrupted);
    expect(interrupted.map(({ runName }) => runName)).toEqual(['gone']);
    expect((await run(folder, ['runs', 'list'])).output).toMatch(/gone +interrupted/);
    const { ended } = await runJson<{ ended: Run[] }>(folder, ['runs', 'end', '--interrupted']);
    expect(ended).toMatchObject([{ runName: 'gone', status: 'KILLED' }]);
  },
);
