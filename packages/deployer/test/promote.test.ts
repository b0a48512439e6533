import { describe, expect, it } from 'vitest';
import { GateRefusedError, NoCandidateError, StageRefusedError, promote } from '../src/index.ts';
import { createWorld, holders, productionGates } from './deployment-world.ts';

describe('promote', () => {
  it('takes a version from None to Staging to production, archiving the one before', async () => {
    const { registry, addVersion, deploy, deployToProduction } = await createWorld();
    await addVersion({ accuracy: 0.82 });
    await deployToProduction('1');
    await addVersion({ accuracy: 0.85 });
    expect((await deploy('Staging')).plan.version).toBe('2');
    expect(await holders(registry)).toEqual(['2', '1']);
    const { plan, entry } = await deploy('GNU_Production');
    expect(await holders(registry)).toEqual([undefined, '2']);
    expect((await registry.getModelVersion('churn', '1')).stage).toBe('Archived');
    expect(entry).toMatchObject({
      version: '2',
      fromStage: 'Staging',
      toStage: 'GNU_Production',
      displacedVersion: '1',
      actor: 'ada',
      reason: plan.summary,
    });
  });

  it('writes metadata, description and ledger evidence with the move', async () => {
    const { registry, addVersion, deploy, clock } = await createWorld();
    await addVersion({ accuracy: 0.75, roc_auc: 0.8125 }, 'The first one.');
    const { entry } = await deploy('Staging', { name: 'churn' });
    const version = await registry.getModelVersion('churn', '1');
    expect(version.tags).toMatchObject({
      'gnu_mlops.promoted_at': new Date(clock.now()).toISOString(),
      'gnu_mlops.promoted_by': 'ada',
      'gnu_mlops.metric.accuracy': '0.75',
      'gnu_mlops.metric.roc_auc': '0.8125',
    });
    expect(version.description).toBe(
      [
        'The first one.',
        '',
        'Promotion record:',
        'Algorithm: random_forest',
        'Training data: digest 00ff00ff00ff00ff',
        'Metrics: accuracy 0.75, roc_auc 0.8125',
        'Gates for Staging:',
        '- accuracy: pass (accuracy is 0.75; at least 0.7 is needed)',
      ].join('\n'),
    );
    expect(JSON.parse(entry!.evidence)).toMatchObject({
      action: 'promote',
      algorithm: 'random_forest',
      dataDigest: '00ff00ff00ff00ff',
      metrics: { accuracy: 0.75, roc_auc: 0.8125 },
      runId: version.runId,
      verdicts: [{ gate: 'accuracy', measured: 0.75, verdict: 'pass' }],
    });
  });

  it('refuses a version that fails a gate, with the figures, and changes nothing', async () => {
    const { registry, addVersion, deploy } = await createWorld();
    await addVersion({ accuracy: 0.61 });
    const refused = deploy('Staging');
    await expect(refused).rejects.toThrow(GateRefusedError);
    await expect(refused).rejects.toMatchObject({
      code: 'DEPLOYER_GATE_REFUSED',
      message:
        'Version 1 of "churn" is refused for Staging: accuracy is 0.61; at least 0.7 is needed. Train a better version or move the threshold.',
      verdicts: [{ verdict: 'fail', measured: 0.61, threshold: 0.7, direction: 'at_least' }],
    });
    expect(await holders(registry)).toEqual([undefined, undefined]);
    expect(await registry.readLedger('churn')).toEqual([]);
    expect(await registry.getModelVersion('churn', '1')).toMatchObject({ description: '' });
  });

  it('refuses a version whose run never measured the metric', async () => {
    const { addVersion, deploy } = await createWorld();
    await addVersion({ rmse: 3 });
    await expect(deploy('Staging')).rejects.toMatchObject({
      code: 'DEPLOYER_GATE_REFUSED',
      message: expect.stringContaining('Log the metric on the run'),
      verdicts: [{ verdict: 'not_enough_evidence', measured: null }],
    });
  });

  it('refuses a version that no run made', async () => {
    const { registry, deploy } = await createWorld();
    await registry.createModelVersion({ name: 'churn', source: 'somewhere', createdAt: 0 });
    await expect(deploy('Staging')).rejects.toMatchObject({ code: 'DEPLOYER_GATE_REFUSED' });
  });

  it('refuses a version whose run is gone', async () => {
    const { registry, deploy } = await createWorld();
    await registry.createModelVersion({ name: 'churn', source: 'somewhere', createdAt: 0 });
    const broken = {
      ...registry,
      getModelVersion: async () => ({
        ...(await registry.getModelVersion('churn', '1')),
        runId: 'f'.repeat(32),
      }),
    };
    await expect(deploy('Staging', { registry: broken, version: '1' })).rejects.toMatchObject({
      code: 'DEPLOYER_GATE_REFUSED',
    });
  });

  it('lets nothing into production that is not in Staging', async () => {
    const { registry, addVersion, deploy } = await createWorld();
    await addVersion({ accuracy: 0.9 });
    const refused = deploy('GNU_Production', { version: '1' });
    await expect(refused).rejects.toThrow(StageRefusedError);
    await expect(refused).rejects.toMatchObject({
      code: 'DEPLOYER_STAGE_REFUSED',
      refusals: [{ rule: 'not_staged' }],
    });
    expect(await holders(registry)).toEqual([undefined, undefined]);
  });

  it('lets a version skip Staging that is asked for by name, and the ledger says so', async () => {
    const { addVersion, deploy } = await createWorld();
    await addVersion({ accuracy: 0.9 });
    const { entry } = await deploy('GNU_Production', { version: '1', skipStaging: 'by-name' });
    expect(entry).toMatchObject({ fromStage: 'None', toStage: 'GNU_Production' });
    expect(JSON.parse(entry!.evidence)).toMatchObject({ skipStaging: 'by-name' });
  });

  it('keeps a version out of production whose run was fed with made-up rows', async () => {
    const { registry, addVersion, deploy } = await createWorld();
    await addVersion({ accuracy: 0.9 }, '', { 'gnu_mlops.data_source': 'sample' });
    await deploy('Staging');
    const refused = deploy('GNU_Production');
    await expect(refused).rejects.toMatchObject({
      code: 'DEPLOYER_STAGE_REFUSED',
      refusals: [{ rule: 'synthetic_data' }],
    });
    expect(await holders(registry)).toEqual(['1', undefined]);
    const { entry } = await deploy('GNU_Production', { syntheticData: 'by-name' });
    expect(JSON.parse(entry!.evidence)).toMatchObject({
      dataSource: 'sample',
      syntheticData: 'by-name',
    });
  });

  it('does not pick a version for production itself, even when Staging may be skipped', async () => {
    const { addVersion, deploy } = await createWorld();
    await addVersion({ accuracy: 0.9 });
    const refused = deploy('GNU_Production', { skipStaging: 'by-name' });
    await expect(refused).rejects.toThrow(NoCandidateError);
    await expect(refused).rejects.toThrow(/no version is in Staging/);
  });

  it('promotes an archived version by name only', async () => {
    const { registry, addVersion, deploy, deployToProduction } = await createWorld();
    await addVersion({ accuracy: 0.85 });
    await addVersion({ accuracy: 0.86 });
    await deployToProduction('1');
    await deployToProduction('2');
    await expect(deploy('Staging')).rejects.toMatchObject({ code: 'DEPLOYER_NO_CANDIDATE' });
    await expect(deploy('GNU_Production', { version: '1' })).rejects.toMatchObject({
      code: 'DEPLOYER_STAGE_REFUSED',
    });
    await deploy('Staging', { version: '1' });
    expect(await holders(registry)).toEqual(['1', '2']);
  });

  it('has nothing to do the second time', async () => {
    const { registry, addVersion, deploy } = await createWorld();
    await addVersion({ accuracy: 0.85 });
    await addVersion({ accuracy: 0.85 });
    await deploy('Staging');
    const again = await deploy('Staging');
    expect(again).toMatchObject({ plan: { status: 'nothing_to_do', version: '2' }, entry: null });
    await deploy('GNU_Production');
    const third = await deploy('GNU_Production');
    expect(third).toMatchObject({ plan: { status: 'nothing_to_do', version: '2' }, entry: null });
    expect(await registry.readLedger('churn')).toHaveLength(2);
  });

  it('picks the newest waiting version, by number and not by text', async () => {
    const { addVersion, deploy } = await createWorld();
    for (let version = 1; version <= 11; version++) await addVersion({ accuracy: 0.9 });
    expect((await deploy('Staging')).plan.version).toBe('11');
  });

  it('does not fall back to a version that was passed over', async () => {
    const { addVersion, deploy, deployToProduction } = await createWorld();
    await addVersion({ accuracy: 0.9 });
    await addVersion({ accuracy: 0.9 });
    await deployToProduction('2');
    await expect(deploy('Staging')).rejects.toThrow(
      /no version newer than version 2 is waiting in None/,
    );
  });

  it('throws DEPLOYER_NO_CANDIDATE for a model without versions', async () => {
    const { deploy } = await createWorld();
    await expect(deploy('Staging')).rejects.toThrow(/it has no versions\. Train one first\./);
  });

  it('throws the registry error for an unknown model or version', async () => {
    const { registry, clock, deploy } = await createWorld();
    await expect(deploy('Staging', { version: '7' })).rejects.toMatchObject({
      code: 'REGISTRY_VERSION_NOT_FOUND',
    });
    await expect(
      promote({
        registry,
        name: 'chrun',
        to: 'Staging',
        gates: productionGates,
        actor: 'ada',
        now: clock.now,
      }),
    ).rejects.toMatchObject({ code: 'REGISTRY_MODEL_NOT_FOUND' });
  });

  it('finds the versions of a model whose name needs quoting', async () => {
    const { registry, clock } = await createWorld();
    const name = `o'hara's "best" \\ % _`;
    await registry.ensureRegisteredModel(name);
    await registry.createModelVersion({ name, source: 'somewhere', createdAt: 0 });
    const { plan } = await promote({
      registry,
      name,
      to: 'Staging',
      gates: [],
      actor: 'ada',
      now: clock.now,
    });
    expect(plan).toMatchObject({ modelName: name, version: '1', status: 'ready' });
  });
});
