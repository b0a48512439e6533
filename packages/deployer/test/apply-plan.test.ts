import { openRegistry } from '@gnu-mlops/registry-client';
import { describe, expect, it } from 'vitest';
import { type PromotionPlan, applyPlan, draftPromotion, draftRollback } from '../src/index.ts';
import { createWorld, holders, productionGates, stagingGates } from './deployment-world.ts';

describe('applyPlan', () => {
  it('applies a plan that was printed and read back', async () => {
    const { registry, clock, addVersion } = await createWorld();
    await addVersion({ accuracy: 0.9 });
    const plan = await draftPromotion({
      registry,
      name: 'churn',
      to: 'Staging',
      gates: stagingGates,
    });
    expect(await holders(registry)).toEqual([undefined, undefined]);
    const approved = JSON.parse(JSON.stringify(plan)) as PromotionPlan;
    const entry = await applyPlan(approved, registry, {
      actor: 'grace',
      now: clock.now,
      reason: 'approved in the meeting',
    });
    expect(entry).toMatchObject({ actor: 'grace', reason: 'approved in the meeting' });
    expect(await holders(registry)).toEqual(['1', undefined]);
  });

  it('refuses a plan that another promotion overtook', async () => {
    const { registry, clock, addVersion, deploy } = await createWorld();
    await addVersion({ accuracy: 0.9 });
    await addVersion({ accuracy: 0.9 });
    const plan = await draftPromotion({
      registry,
      name: 'churn',
      to: 'Staging',
      version: '1',
      gates: stagingGates,
    });
    await deploy('Staging', { version: '2' });
    const late = applyPlan(plan, registry, { actor: 'ada', now: clock.now });
    await expect(late).rejects.toMatchObject({
      code: 'DEPLOYER_PLAN_OUTDATED',
      modelName: 'churn',
      version: '1',
      cause: { code: 'REGISTRY_STAGE_CONFLICT' },
    });
    expect(await holders(registry)).toEqual(['2', undefined]);
    expect(await registry.readLedger('churn')).toHaveLength(1);
  });

  it('refuses a plan whose version was moved meanwhile, so that production is not emptied', async () => {
    const { registry, clock, addVersion, deployToProduction } = await createWorld();
    await addVersion({ accuracy: 0.9 });
    const plan = await draftPromotion({
      registry,
      name: 'churn',
      to: 'Staging',
      gates: stagingGates,
    });
    await deployToProduction('1');
    await expect(applyPlan(plan, registry, { actor: 'ada', now: clock.now })).rejects.toMatchObject(
      { code: 'DEPLOYER_PLAN_OUTDATED' },
    );
    expect(await holders(registry)).toEqual([undefined, '1']);
  });

  it('refuses a rollback that a promotion overtook', async () => {
    const { registry, clock, addVersion, deployToProduction } = await createWorld();
    for (let version = 1; version <= 3; version++) await addVersion({ accuracy: 0.9 });
    await deployToProduction('1');
    await deployToProduction('2');
    const plan = await draftRollback({ registry, name: 'churn' });
    await deployToProduction('3');
    await expect(applyPlan(plan, registry, { actor: 'ada', now: clock.now })).rejects.toMatchObject(
      { code: 'DEPLOYER_PLAN_OUTDATED' },
    );
    expect(await holders(registry)).toEqual([undefined, '3']);
  });

  it('lets exactly one of two plans win that are applied at once from two connections', async () => {
    const { registry, clock, addVersion, deploy } = await createWorld();
    for (let version = 1; version <= 2; version++) await addVersion({ accuracy: 0.9 });
    await deploy('Staging', { version: '1' });
    const other = await openRegistry(registry.uri);
    const draft = (version: string) =>
      draftPromotion({
        registry,
        name: 'churn',
        to: 'GNU_Production',
        version,
        gates: productionGates,
        skipStaging: 'by-name',
      });
    const plans = [await draft('1'), await draft('2')];
    const outcomes = await Promise.allSettled([
      applyPlan(plans[0]!, registry, { actor: 'ada', now: clock.now }),
      applyPlan(plans[1]!, other, { actor: 'grace', now: clock.now }),
    ]);
    await other.close();
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'DEPLOYER_PLAN_OUTDATED' },
    });
    const moves = (await registry.readLedger('churn')).filter(
      ({ toStage }) => toStage === 'GNU_Production',
    );
    expect(moves).toHaveLength(1);
  });

  it('passes on what else the registry throws', async () => {
    const { registry, clock, addVersion } = await createWorld();
    await addVersion({ accuracy: 0.9 });
    const plan = await draftPromotion({ registry, name: 'churn', to: 'Staging', gates: [] });
    await expect(applyPlan(plan, registry, { actor: ' ', now: clock.now })).rejects.toMatchObject({
      code: 'REGISTRY_VALUE_INVALID',
    });
  });
});
