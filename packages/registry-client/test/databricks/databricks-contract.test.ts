import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelRegistryContract, registryContract } from '@gnu-mlops/test-kit';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { openRegistry } from '../../src/open-registry.ts';
import { cloudFetch } from './double/cloud/cloud-fetch.ts';
import { type DatabricksDouble, startDouble } from './double/start-double.ts';

const always = ['deleteArtifact', 'collectGarbage'] as const;
const withoutStages = [...always, 'moveMlflowStage', 'findLatestVersions'] as const;

/** Models in the storage of the service, or of the customer, whose keys are good for few requests. */
const keyUses = 7;
describe.each([
  ['databricks', 'mlflow', always, undefined],
  ['databricks-uc', 'mlflow', withoutStages, undefined],
  ['databricks-uc', 'native', withoutStages, undefined],
  ['databricks-uc', 'mlflow', withoutStages, { kind: 's3', keyUses }],
  ['databricks-uc', 'native', withoutStages, { kind: 'azure', keyUses }],
] as const)('%s in the dialect %s', (uri, dialect, refuses, cloud) => {
  let double: DatabricksDouble;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-double-'));
    double = await startDouble({
      folder,
      tooManyEvery: 11,
      tokenUses: 20,
      ...(cloud && { cloud }),
    });
  });
  afterAll(async () => {
    await double.stop();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => {
    expect(double.violations.splice(0)).toEqual([]);
  });

  const open = () =>
    openRegistry(uri, {
      databricks: {
        host: double.address,
        credentials: double.principal,
        dialect,
      },
      http: { fetch: cloudFetch(double), random: () => 0 },
    });
  // Runs are kept in the same way, however models are spoken about and wherever they lie.
  const isOnlyModels = dialect === 'native' || cloud !== undefined;
  const contract = isOnlyModels ? modelRegistryContract : registryContract;
  contract(`the registry with models ${cloud?.kind ?? 'in the service'}`, open, {
    refuses,
    lacks: [
      'default-experiment',
      'artifact-locations',
      ...(uri === 'databricks' ? [] : (['search-all-versions'] as const)),
    ],
    nameOf: (kind, fresh) =>
      kind === 'experiment'
        ? `/Shared/${fresh}`
        : uri === 'databricks'
          ? fresh
          : `main.ml.${fresh}`,
  });
});
