import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { createDoubleScene, createModelRun } from '../databricks/open-on-double.ts';
import { whyNoMlflow } from './start-mlflow-server.ts';

const reason = whyNoMlflow();
const script = fileURLToPath(new URL('read-databricks.py', import.meta.url));
const run = promisify(execFile);

interface Seen {
  readonly version: string;
  readonly stage: string;
  readonly aliases: Record<string, string>;
  readonly tags: Record<string, string>;
  readonly metrics: Record<string, number>;
  readonly experiment: string;
  readonly files: string[];
  readonly mlmodel: string;
}

describe.skipIf(reason !== undefined)(`MLflow's client of Databricks ${reason ?? ''}`, () => {
  it.each([
    ['databricks-uc', 'main.ml.churn', 'mlflow'],
    ['databricks-uc', 'main.ml.churn', 'native'],
    ['databricks', 'churn', 'mlflow'],
  ] as const)('finds in %s what was written as %s (%s)', async (uri, name, dialect) => {
    // It asks for more than registries need, so that only what we send is checked here.
    const { double, open } = await createDoubleScene();
    const registry = await open(uri, { dialect });
    const mlmodel = 'flavors: {}\nsignature:\n  inputs: "[]"\n  outputs: "[]"\n';
    const { source, runId } = await createModelRun(registry, mlmodel);
    const metrics = [{ key: 'f1', value: 0.9, timestamp: 1, step: 0 }];
    await registry.logBatch(runId, { metrics });
    await registry.createRegisteredModel(name);
    await registry.createModelVersion({ name, source, createdAt: 1 });
    await registry.moveStage({
      name,
      version: '1',
      stage: 'GNU_Production',
      expectedHolder: null,
      actor: 'ada',
      reason: 'good',
      evidence: '{}',
      at: 1,
    });
    expect(double.violations).toEqual([]);

    const folder = temporaryFolder();
    writeFileSync(`${folder}/ca.pem`, double.ca);
    const isNative = dialect === 'native';
    const { stdout } = await run(process.env['GNU_MLOPS_INTEROP_PYTHON']!, [script, uri, name], {
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        DATABRICKS_HOST: double.address,
        DATABRICKS_TOKEN: double.token,
        REQUESTS_CA_BUNDLE: `${folder}/ca.pem`,
        MLFLOW_ENABLE_UC_NATIVE_MODEL_REGISTRY: isNative ? 'true' : 'false',
      },
    });
    double.violations.splice(0);
    const seen = JSON.parse(stdout.trim().split('\n').at(-1)!) as Seen;
    const stageTag = uri === 'databricks' ? 'gnu_mlops.stage' : 'gnu_mlops%2Estage';
    expect(seen).toMatchObject({
      version: '1',
      metrics: { f1: 0.9 },
      experiment: '/Shared/churn',
      files: ['MLmodel', 'data/model.bin'],
      mlmodel,
      tags: { [stageTag]: 'GNU_Production' },
      ...(uri === 'databricks'
        ? { stage: 'Production' }
        : { aliases: { champion: '1', production: '1' } }),
    });
    expect((await registry.getModelVersion(name, '1')).tags).toMatchObject({ seen_by: 'python' });
    expect((await registry.getRun(runId)).params).toEqual({ from_python: 'yes' });
  });
});
