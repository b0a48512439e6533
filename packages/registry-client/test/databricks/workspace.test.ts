import { expectCode } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { createDoubleScene, createModelRun } from './open-on-double.ts';

describe('the registry of a workspace', () => {
  it('names experiments by paths, in a folder where the name is none', async () => {
    const { open } = await createDoubleScene();
    const shared = await open('databricks');
    expect((await shared.ensureExperiment('churn')).name).toBe('/Shared/churn');
    expect((await shared.findExperiment('/Shared/churn'))?.name).toBe('/Shared/churn');
    const mine = await open('databricks', { experimentFolder: '/Users/ada/' });
    expect((await mine.ensureExperiment('churn')).name).toBe('/Users/ada/churn');
    await expectCode(shared.getExperiment('0'), 'REGISTRY_EXPERIMENT_NOT_FOUND');
  });

  it('writes stages with the reason of the move, and keeps aliases as tags of the model', async () => {
    const { open, timesSeen } = await createDoubleScene();
    const registry = await open('databricks');
    const { source } = await createModelRun(registry);
    const { name } = await registry.createRegisteredModel('churn', { tags: { team: 'crm' } });
    await registry.createModelVersion({ name, source, createdAt: 1 });
    const move = { name, version: '1', actor: 'ada', reason: 'good', evidence: '{}', at: 1 };
    await registry.moveStage({ ...move, stage: 'GNU_Production', expectedHolder: null });
    expect(await registry.findVersionByAlias(name, 'champion')).toMatchObject({
      stage: 'GNU_Production',
      mlflowStage: 'Production',
      aliases: ['champion', 'production'],
    });
    expect((await registry.findRegisteredModel(name))?.tags).toEqual({ team: 'crm' });
    expect(timesSeen('/registered-models/alias')).toBe(0);
    expect(timesSeen('/databricks/model-versions/transition-stage')).toBe(1);
  });

  it('gives a version out when its files are copied', async () => {
    const { open } = await createDoubleScene();
    const registry = await open('databricks');
    const { source, runId } = await createModelRun(registry);
    await registry.createRegisteredModel('churn');
    const version = await registry.createModelVersion({ name: 'churn', source, createdAt: 1 });
    expect(version.status).toBe('READY');
    await registry.uploadArtifact(runId, 'model/data/model.bin', new Uint8Array(9));
    expect(await registry.downloadModelFile('churn', '1', 'data/model.bin')).toHaveLength(3);
  });
});

it('asks for another address where a signed one has expired', async () => {
  const { open, timesSeen } = await createDoubleScene();
  const registry = await open('databricks');
  const { experimentId } = await registry.ensureExperiment('churn');
  const { runId } = await registry.createRun({ experimentId, startTime: 1 });
  for (let i = 0; i < 5; i++) {
    await registry.uploadArtifact(runId, 'note.txt', new TextEncoder().encode(`note ${i}`));
  }
  expect(new TextDecoder().decode(await registry.downloadArtifact(runId, 'note.txt'))).toBe(
    'note 4',
  );
  expect(timesSeen('/credentials-for-write')).toBe(6);
});

it('lets exactly one of many movers with clients of their own win, on either kind', async () => {
  for (const uri of ['databricks', 'databricks-uc']) {
    const { open } = await createDoubleScene({ tooManyEvery: 9 });
    const [registry, ...others] = await Promise.all(
      Array.from({ length: 5 }, () => open(uri, { catalog: 'main', schema: 'ml' })),
    );
    const { source } = await createModelRun(registry!);
    const { name } = await registry!.createRegisteredModel('churn');
    for (let i = 0; i < 4; i++) await registry!.createModelVersion({ name, source, createdAt: 1 });
    const moves = others.map((other, i) =>
      other.moveStage({
        name,
        version: String(i + 1),
        stage: 'GNU_Production',
        expectedHolder: null,
        actor: `mover ${i}`,
        reason: 'race',
        evidence: '{}',
        at: 1,
      }),
    );
    const results = await Promise.allSettled(moves);
    const winners = results.filter(({ status }) => status === 'fulfilled');
    expect(winners).toHaveLength(1);
    const ledger = await registry!.readLedger(name);
    expect(ledger).toHaveLength(1);
    const holder = await registry!.findVersionByStage(name, 'GNU_Production');
    expect(holder?.version).toBe(ledger[0]!.version);
  }
});
