import { expectCode } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { verifyLedger } from '../../src/ledger-chain.ts';
import { cloudFetch } from './double/cloud/cloud-fetch.ts';
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

const facts = { actor: 'ada', reason: '', evidence: '{}', at: 1 } as const;

/** Three versions, the first of which was in production. */
async function deleteHolder() {
  const { open, double } = await createDoubleScene();
  const send = cloudFetch(double);
  let headers: NonNullable<RequestInit['headers']> = {};
  const noted: typeof fetch = (input, init) => {
    headers = init?.headers ?? {};
    return send(input, init);
  };
  const registry = await open('databricks', {}, { http: { fetch: noted } });
  const { source } = await createModelRun(registry);
  const { name } = await registry.createRegisteredModel('churn');
  const ask = async (method: string, endpoint: string, sent: object) => {
    const body = JSON.stringify({ name, ...sent });
    const url = `${double.address}/api/2.0/mlflow/${endpoint}`;
    expect((await send(url, { method, headers, body })).status).toBe(200);
  };
  for (let i = 0; i < 3; i++) await registry.createModelVersion({ name, source, createdAt: 1 });
  const first = { name, version: '1', stage: 'GNU_Production', expectedHolder: null } as const;
  await registry.moveStage({ ...facts, ...first });
  for (const alias of ['production', 'champion']) {
    await ask('DELETE', 'registered-models/delete-tag', { key: `gnu_mlops.alias.${alias}` });
  }
  await ask('DELETE', 'model-versions/delete', { version: '1' });
  const setAlias = (alias: string, value: string) =>
    ask('POST', 'registered-models/set-tag', { key: `gnu_mlops.alias.${alias}`, value });
  return { registry, name, setAlias, ask };
}

describe('a model whose version another client has deleted', () => {
  it('goes on without it', async () => {
    const { registry, name } = await deleteHolder();
    const move = { ...facts, name, stage: 'GNU_Production' } as const;
    await registry.moveStage({ ...move, version: '2', expectedHolder: null });
    expect((await registry.findVersionByStage(name, 'GNU_Production'))?.version).toBe('2');
    const late = registry.moveStage({ ...move, version: '3', expectedHolder: null });
    await expectCode(late, 'REGISTRY_STAGE_CONFLICT', 'held by version 2');
    await registry.moveStage({ ...move, version: '3', expectedHolder: '2' });
    expect((await registry.findVersionByStage(name, 'GNU_Production'))?.version).toBe('3');
    const ledger = await registry.readLedger(name);
    expect(ledger.map(({ displacedVersion }) => displacedVersion)).toEqual([null, '1', '2']);
    expect(verifyLedger(ledger).isValid).toBe(true);
  });

  it('takes whom that client has put in its place for the holder', async () => {
    const { registry, name, setAlias } = await deleteHolder();
    await setAlias('production', '2');
    const move = { ...facts, name, version: '3', stage: 'GNU_Production' } as const;
    const early = registry.moveStage({ ...move, expectedHolder: null });
    await expectCode(early, 'REGISTRY_STAGE_CONFLICT', 'held by version 2');
    await registry.moveStage({ ...move, expectedHolder: '2' });
    expect((await registry.findVersionByStage(name, 'GNU_Production'))?.version).toBe('3');
    expect((await registry.getModelVersion(name, '2')).stage).toBe('Archived');
    const { aliases } = (await registry.findRegisteredModel(name))!;
    expect(aliases).toEqual({ production: '3', champion: '3' });
  });
});

it('begins anew with a model that another client has deleted and made again', async () => {
  const { registry, name, ask } = await deleteHolder();
  const move = { ...facts, name, stage: 'GNU_Production', expectedHolder: null } as const;
  await registry.moveStage({ ...move, version: '2' });
  await ask('DELETE', 'registered-models/delete', {});
  const { source } = await createModelRun(registry);
  await registry.createRegisteredModel(name);
  for (let i = 0; i < 2; i++) await registry.createModelVersion({ name, source, createdAt: 1 });

  await registry.moveStage({ ...move, version: '1', expectedStage: 'None' });

  expect((await registry.findVersionByStage(name, 'GNU_Production'))?.version).toBe('1');
  const late = registry.moveStage({ ...move, version: '2', expectedStage: 'None' });
  await expectCode(late, 'REGISTRY_STAGE_CONFLICT', 'held by version 1');
  const ledger = await registry.readLedger(name);
  expect(ledger.map(({ sequence, version }) => [sequence, version])).toEqual([
    [1, '1'],
    [2, '2'],
    [3, '1'],
  ]);
  expect(verifyLedger(ledger).isValid).toBe(true);
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
