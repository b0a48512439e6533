import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelRegistryContract, registryContract } from '@gnu-mlops/test-kit';
import { type Registry, openRegistry } from '@gnu-mlops/registry-client';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import {
  type DatabricksDouble,
  startDouble,
} from '../../../registry-client/test/databricks/double/start-double.ts';
import { type RunningRegistryServer, startRegistryServer } from '../../src/index.ts';

const always = ['deleteArtifact'] as const;
const withoutStages = [...always, 'moveMlflowStage', 'findLatestVersions'] as const;

describe.each([
  ['databricks', 'mlflow', always],
  ['databricks-uc', 'native', withoutStages],
] as const)('over HTTP, on a server before %s in the dialect %s,', (uri, dialect, refuses) => {
  let double: DatabricksDouble;
  let folder: string;
  let registry: Registry;
  let server: RunningRegistryServer;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-double-'));
    double = await startDouble({ folder });
    const { address: host, principal: credentials, ca } = double;
    registry = await openRegistry(uri, {
      databricks: { host, credentials, dialect },
      http: { tls: { ca }, random: () => 0 },
    });
    const listen = { host: '127.0.0.1', port: 0 };
    server = await startRegistryServer({ registry, listen, rateLimit: 'off' });
  });
  afterAll(async () => {
    await server.stop({ patienceMs: 0 });
    await registry.close();
    await double.stop();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => {
    expect(double.violations.splice(0)).toEqual([]);
  });

  // Runs of Unity Catalog are those of the workspace.
  const contract = uri === 'databricks' ? registryContract : modelRegistryContract;
  contract('the Databricks registry', () => openRegistry(server.url), {
    refuses: ['collectGarbage'],
    refusesOnceAsked: refuses,
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
