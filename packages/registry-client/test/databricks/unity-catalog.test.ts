import { expectCode } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { createDoubleScene, createModelRun } from './open-on-double.ts';

const names = { catalog: 'main', schema: 'ml' };

describe.each(['mlflow', 'native'] as const)('Unity Catalog in the dialect %s', (dialect) => {
  it('completes names, and keeps them in small letters', async () => {
    const { open } = await createDoubleScene();
    const registry = await open('databricks-uc', { ...names, dialect });
    const { name } = await registry.ensureRegisteredModel('Churn');
    expect(name).toBe('main.ml.churn');
    expect((await registry.ensureRegisteredModel('MAIN.ML.Churn')).name).toBe(name);
    expect((await registry.ensureRegisteredModel('other.churn')).name).toBe('main.other.churn');
    for (const bad of ['a.b.c.d', 'a..b', 'a b', 'x/y', '']) {
      await expectCode(registry.ensureRegisteredModel(bad), 'REGISTRY_NAME_INVALID');
    }
    const plain = await open('databricks-uc', { dialect });
    await expectCode(plain.findRegisteredModel('churn'), 'REGISTRY_NAME_INVALID', 'three parts');
  });

  it('registers no model without a signature of inputs and outputs', async () => {
    const { open, timesSeen } = await createDoubleScene();
    const registry = await open('databricks-uc', { ...names, dialect });
    const { name } = await registry.createRegisteredModel('churn');
    for (const [mlmodel, part] of [
      ['flavors: {}\n', 'inputs'],
      ['signature:\n  inputs: "[]"\n  outputs: null\n', 'outputs'],
    ] as const) {
      const { source } = await createModelRun(registry, mlmodel);
      await expectCode(
        registry.createModelVersion({ name, source, createdAt: 1 }),
        'REGISTRY_SIGNATURE_MISSING',
        part,
      );
    }
    await expectCode(
      registry.createModelVersion({ name, source: 's3://bucket/model', createdAt: 1 }),
      'REGISTRY_SOURCE_UNSUPPORTED',
    );
    expect(timesSeen('/model-versions/create') + timesSeen('/models/versions')).toBe(0);
  });

  it.each(['signed', 'files-api'] as const)('copies all files by %s', async (modelFiles) => {
    const { open } = await createDoubleScene({ modelFiles });
    const registry = await open('databricks-uc', { ...names, dialect });
    const { name } = await registry.createRegisteredModel('churn');
    const { source, runId } = await createModelRun(registry);
    for (const file of ['a b.txt', 'c.txt', 'd/é.txt']) {
      await registry.uploadArtifact(runId, `model/data/${file}`, new TextEncoder().encode(file));
    }
    const { version, status } = await registry.createModelVersion({ name, source, createdAt: 1 });
    expect(status).toBe('READY');
    const listed = await registry.listModelFiles(name, version, { folder: 'data' });
    expect(listed).toEqual([
      { path: 'data/a b.txt', isFolder: false, sizeBytes: 7 },
      { path: 'data/c.txt', isFolder: false, sizeBytes: 5 },
      { path: 'data/d', isFolder: true },
      { path: 'data/model.bin', isFolder: false, sizeBytes: 3 },
    ]);
    const bytes = await registry.downloadModelFile(name, version, 'data/d/é.txt');
    expect(new TextDecoder().decode(bytes)).toBe('d/é.txt');
    await expectCode(
      registry.downloadModelFile(name, version, 'data/nothing'),
      'REGISTRY_ARTIFACT_NOT_FOUND',
    );
  });

  it('leaves no version behind whose files cannot be written', async () => {
    const { open } = await createDoubleScene({ modelStorage: 'CUSTOMER_HOSTED' });
    const registry = await open('databricks-uc', { ...names, dialect });
    const { name } = await registry.createRegisteredModel('churn');
    const { source } = await createModelRun(registry);
    await expectCode(
      registry.createModelVersion({ name, source, createdAt: 1 }),
      'REGISTRY_ARTIFACT_LOCATION',
      's3',
    );
    const filter = `name = '${name}'`;
    expect((await registry.searchModelVersions({ filter })).items).toEqual([]);
  });

  it('moves aliases and no stages', async () => {
    const { open, double } = await createDoubleScene();
    const registry = await open('databricks-uc', { ...names, dialect });
    const { name } = await registry.createRegisteredModel('churn');
    const { source } = await createModelRun(registry);
    await registry.createModelVersion({ name, source, createdAt: 1 });
    const move = { name, version: '1', actor: 'ada', reason: 'good', evidence: '{}', at: 1 };
    await registry.moveStage({ ...move, stage: 'Staging', expectedHolder: null });
    expect(await registry.getModelVersion('churn', '1')).toMatchObject({
      stage: 'Staging',
      mlflowStage: 'None',
      aliases: ['challenger', 'staging'],
      tags: { 'gnu_mlops.stage': 'Staging' },
    });
    expect(double.seen.join()).not.toContain('stage');
  });

  it('refuses tags that it would not take before a move is in the ledger', async () => {
    const { open } = await createDoubleScene();
    const registry = await open('databricks-uc', { ...names, dialect });
    const { name } = await registry.createRegisteredModel('churn');
    const { source } = await createModelRun(registry);
    await registry.createModelVersion({ name, source, createdAt: 1 });
    const move = { name, version: '1', actor: 'ada', reason: 'good', evidence: '{}', at: 1 };
    const tags = { 'gates.report': 'x'.repeat(1001) };
    await expectCode(
      registry.moveStage({ ...move, stage: 'Staging', expectedHolder: null, tags }),
      'REGISTRY_VALUE_INVALID',
      '1000',
    );
    expect(await registry.readLedger(name)).toEqual([]);
  });

  it('searches versions of one model, and renames within a schema', async () => {
    const { open } = await createDoubleScene();
    const registry = await open('databricks-uc', { ...names, dialect });
    const { name } = await registry.createRegisteredModel('churn');
    for (const filter of ['', "run_id = 'a'", `name = '${name}' OR version_number = 1`]) {
      await expectCode(registry.searchModelVersions({ filter }), 'REGISTRY_FILTER_INVALID', 'name');
    }
    const filter = "name = 'churn' AND (version_number > 1 OR tags.a = 'b')";
    expect((await registry.searchModelVersions({ filter })).items).toEqual([]);
    await expectCode(
      registry.renameRegisteredModel(name, 'main.other.churn'),
      'REGISTRY_OPERATION_UNSUPPORTED',
    );
    await registry.renameRegisteredModel(name, 'leavers');
    expect((await registry.findRegisteredModel('leavers'))?.name).toBe('main.ml.leavers');
  });
});
