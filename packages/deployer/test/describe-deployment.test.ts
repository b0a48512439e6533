import { describe, expect, it } from 'vitest';
import { describeDeployment } from '../src/index.ts';
import { createWorld } from './deployment-world.ts';

describe('describeDeployment', () => {
  it('tells which version is where, since when, by whom, and how good it is', async () => {
    const { registry, addVersion, deploy, deployToProduction } = await createWorld();
    const first = await addVersion({ accuracy: 0.81 });
    await addVersion({ accuracy: 0.85 });
    await deployToProduction('1');
    await deployToProduction('2');
    await addVersion({ accuracy: 0.9, roc_auc: NaN });
    await deploy('Staging');
    const info = await describeDeployment(registry, 'churn');
    expect(info).toMatchObject({
      modelName: 'churn',
      production: {
        version: '2',
        since: '2026-01-01T00:00:04.000Z',
        actor: 'ada',
        algorithm: 'random_forest',
        dataDigest: '00ff00ff00ff00ff',
        metrics: { accuracy: 0.85 },
      },
      staging: { version: '3', since: '2026-01-01T00:00:05.000Z', metrics: { accuracy: 0.9 } },
      previous: '1',
      newest: '3',
      versionCount: 3,
    });
    expect(info.aliases).toMatchObject({ production: '2', staging: '3' });
    expect(info.production!.runId).not.toBe(first.runId);
    expect(JSON.parse(JSON.stringify(info))).toEqual(info);
  });

  it('says null where nothing is', async () => {
    const { registry } = await createWorld();
    expect(await describeDeployment(registry, 'churn')).toEqual({
      modelName: 'churn',
      production: null,
      staging: null,
      previous: null,
      newest: null,
      versionCount: 0,
      aliases: {},
    });
  });

  it('names the version that a rollback would really go to', async () => {
    const { registry, addVersion, deployToProduction, rollBack } = await createWorld();
    for (const version of ['1', '2', '3']) {
      await addVersion({ accuracy: 0.9 });
      await deployToProduction(version);
    }
    await rollBack();
    expect(await describeDeployment(registry, 'churn')).toMatchObject({
      production: { version: '2', since: '2026-01-01T00:00:07.000Z' },
      previous: '1',
    });
  });

  it('throws REGISTRY_MODEL_NOT_FOUND for an unknown model', async () => {
    const { registry } = await createWorld();
    await expect(describeDeployment(registry, 'chrun')).rejects.toMatchObject({
      code: 'REGISTRY_MODEL_NOT_FOUND',
    });
  });
});
