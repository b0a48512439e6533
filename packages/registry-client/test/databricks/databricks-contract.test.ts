import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelRegistryContract, registryContract } from '@gnu-mlops/test-kit';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { openRegistry } from '../../src/open-registry.ts';
import { type DatabricksDouble, startDouble } from './double/start-double.ts';

const always = ['deleteArtifact', 'collectGarbage'] as const;
const withoutStages = [...always, 'moveMlflowStage', 'findLatestVersions'] as const;

describe.each([
  ['databricks', 'mlflow', always],
  ['databricks-uc', 'mlflow', withoutStages],
  ['databricks-uc', 'native', withoutStages],
] as const)('%s in the dialect %s', (uri, dialect, refuses) => {
  let double: DatabricksDouble;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-double-'));
    double = await startDouble({ folder, tooManyEvery: 11, tokenUses: 20 });
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
      http: { tls: { ca: double.ca }, random: () => 0 },
    });
  // Runs are kept in the same way, whatever dialect models are spoken about in.
  const contract = dialect === 'native' ? modelRegistryContract : registryContract;
  contract('the Databricks registry', open, {
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
