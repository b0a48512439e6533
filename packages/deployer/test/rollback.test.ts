import { beforeEach, describe, expect, it } from 'vitest';
import { NoPreviousError, describeDeployment, draftRollback } from '../src/index.ts';
import { createWorld, holders } from './deployment-world.ts';

type World = Awaited<ReturnType<typeof createWorld>>;

async function worldWithThreeDeployed(): Promise<World> {
  const world = await createWorld();
  for (let version = 1; version <= 4; version++) await world.addVersion({ accuracy: 0.9 });
  for (const version of ['1', '2', '3']) await world.deployToProduction(version);
  return world;
}

describe('rollback', () => {
  let world: World;
  beforeEach(async () => {
    world = await worldWithThreeDeployed();
  });

  it('puts production back to the version before, and archives the current one', async () => {
    const { plan, entry } = await world.rollBack();
    expect(await holders(world.registry)).toEqual([undefined, '2']);
    expect((await world.registry.getModelVersion('churn', '3')).stage).toBe('Archived');
    expect(plan).toMatchObject({
      action: 'rollback',
      target: 'previous',
      version: '2',
      fromStage: 'Archived',
      holder: '3',
      summary:
        'rollback to version 2 of "churn": Archived -> GNU_Production; version 3 is archived',
    });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(JSON.parse(entry!.evidence)).toEqual({ action: 'rollback', target: 'previous' });
  });

  it('keeps the description and metrics of the version, and says who brought it back', async () => {
    const before = await world.registry.getModelVersion('churn', '2');
    await world.rollBack();
    const after = await world.registry.getModelVersion('churn', '2');
    expect(after.description).toBe(before.description);
    expect(after.tags).toMatchObject({
      'gnu_mlops.metric.accuracy': '0.9',
      'gnu_mlops.promoted_at': new Date(world.clock.now()).toISOString(),
    });
  });

  it('goes further back the second time, and then has nowhere to go', async () => {
    await world.rollBack();
    expect((await world.rollBack()).plan.version).toBe('1');
    expect(await holders(world.registry)).toEqual([undefined, '1']);
    const third = world.rollBack();
    await expect(third).rejects.toThrow(NoPreviousError);
    await expect(third).rejects.toMatchObject({
      code: 'DEPLOYER_NO_PREVIOUS',
      message: expect.stringContaining('no version was in production before version 1'),
    });
    expect(await holders(world.registry)).toEqual([undefined, '1']);
  });

  it('after a rollback and a promotion goes to the version that the rollback restored', async () => {
    await world.rollBack();
    await world.deployToProduction('4');
    expect((await world.rollBack()).plan.version).toBe('2');
  });

  it('goes to a named version that was in production, one rolled away from too', async () => {
    await world.rollBack({ version: '1' });
    expect(await holders(world.registry)).toEqual([undefined, '1']);
    const { plan } = await world.rollBack({ version: '3' });
    expect(plan.target).toBe('by-name');
    expect(await holders(world.registry)).toEqual([undefined, '3']);
  });

  it('refuses a named version that has never been in production', async () => {
    await expect(world.rollBack({ version: '4' })).rejects.toMatchObject({
      code: 'DEPLOYER_STAGE_REFUSED',
      refusals: [{ rule: 'never_in_production' }],
    });
    expect(await holders(world.registry)).toEqual([undefined, '3']);
  });

  it('has nothing to do for the version in production', async () => {
    const { plan, entry } = await world.rollBack({ version: '3' });
    expect(plan.status).toBe('nothing_to_do');
    expect(entry).toBeNull();
  });

  it('brings the last version back when production is empty', async () => {
    await world.registry.moveStage({
      name: 'churn',
      version: '3',
      stage: 'Archived',
      expectedHolder: null,
      actor: 'ada',
      reason: 'an incident',
      evidence: '{}',
      at: world.clock.now(),
    });
    expect((await world.rollBack()).plan).toMatchObject({ version: '3', holder: null });
  });

  it('passes over a version that was deleted', async () => {
    await world.registry.deleteModelVersion('churn', '2');
    expect(await describeDeployment(world.registry, 'churn')).toMatchObject({ previous: '1' });
    expect((await world.rollBack()).plan.version).toBe('1');
    await world.registry.deleteModelVersion('churn', '3');
    await expect(world.rollBack()).rejects.toMatchObject({ code: 'DEPLOYER_NO_PREVIOUS' });
  });

  it('takes a version back out of Staging', async () => {
    await world.deploy('Staging', { version: '2' });
    await world.rollBack();
    expect(await holders(world.registry)).toEqual([undefined, '2']);
  });

  it('throws REGISTRY_VERSION_NOT_FOUND and REGISTRY_MODEL_NOT_FOUND for unknown names', async () => {
    await expect(world.rollBack({ version: '99' })).rejects.toMatchObject({
      code: 'REGISTRY_VERSION_NOT_FOUND',
    });
    await expect(world.rollBack({ name: 'chrun' })).rejects.toMatchObject({
      code: 'REGISTRY_MODEL_NOT_FOUND',
    });
  });
});

describe('rollback of a model that has the name of a deleted one', () => {
  async function worldAnew(): Promise<World> {
    const world = await worldWithThreeDeployed();
    await world.registry.moveStage({
      name: 'churn',
      version: '3',
      stage: 'Archived',
      expectedHolder: null,
      actor: 'ada',
      reason: 'the end',
      evidence: '{}',
      at: world.clock.now(),
    });
    await world.registry.deleteRegisteredModel('churn');
    await world.registry.createRegisteredModel('churn');
    for (let version = 1; version <= 3; version++) await world.addVersion({ accuracy: 0.9 });
    return world;
  }

  it('takes none of its versions for one of the other model', async () => {
    const world = await worldAnew();
    await world.deployToProduction('1');
    await world.deploy('Staging', { version: '2' });
    const { previous } = await describeDeployment(world.registry, 'churn');
    expect(previous).toBeNull();
    await expect(world.rollBack()).rejects.toMatchObject({ code: 'DEPLOYER_NO_PREVIOUS' });
    for (const version of ['2', '3']) {
      await expect(world.rollBack({ version })).rejects.toMatchObject({
        refusals: [{ rule: 'never_in_production' }],
      });
    }
    expect(await holders(world.registry)).toEqual(['2', '1']);
  });

  it('goes back to its own versions', async () => {
    const world = await worldAnew();
    await world.deployToProduction('1');
    await world.deployToProduction('3');
    expect((await world.rollBack()).plan.version).toBe('1');
    await expect(world.rollBack()).rejects.toMatchObject({ code: 'DEPLOYER_NO_PREVIOUS' });
  });
});

describe('rollback of a model that was never in production', () => {
  it('throws DEPLOYER_NO_PREVIOUS saying so', async () => {
    const { addVersion, rollBack } = await createWorld();
    await addVersion({ accuracy: 0.9 });
    await expect(rollBack()).rejects.toThrow(/it has never had a version in production/);
  });
});

describe('draftRollback', () => {
  it('changes nothing', async () => {
    const { registry } = await worldWithThreeDeployed();
    const before = await registry.readLedger('churn');
    expect(await draftRollback({ registry, name: 'churn' })).toMatchObject({ version: '2' });
    expect(await registry.readLedger('churn')).toEqual(before);
    expect(await holders(registry)).toEqual([undefined, '3']);
  });
});
