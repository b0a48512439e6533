import { temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, onTestFinished } from 'vitest';
import type { DatabricksOptions } from '../../src/databricks/databricks-options.ts';
import type { HttpRegistryOptions } from '../../src/http/http-options.ts';
import { type OpenRegistryOptions, openRegistry } from '../../src/open-registry.ts';
import type { Registry } from '../../src/registry.ts';
import { cloudFetch } from './double/cloud/cloud-fetch.ts';
import { type DatabricksDouble, type DoubleOptions, startDouble } from './double/start-double.ts';

/** A double of the running test's own, and what opens registries on it. */
export interface DoubleScene {
  readonly double: DatabricksDouble;
  open(
    uri: string,
    databricks?: Partial<DatabricksOptions>,
    options?: Omit<OpenRegistryOptions, 'http'> & { readonly http?: HttpRegistryOptions },
  ): Promise<Registry>;
  /** How often an address was asked. */
  timesSeen(endpoint: string): number;
}

/** Start a double; when the test ends, no request may have been one that the service does not know. */
export async function createDoubleScene(
  options: Omit<DoubleOptions, 'folder'> = {},
): Promise<DoubleScene> {
  const double = await startDouble({ folder: temporaryFolder(), ...options });
  onTestFinished(async () => {
    await double.stop();
    expect(double.violations).toEqual([]);
  });
  return {
    double,
    async open(uri, databricks = {}, { http = {}, ...rest } = {}) {
      const { address: host, principal: credentials, ca } = double;
      const registry = await openRegistry(uri, {
        databricks: { host, credentials, ...databricks },
        http: { fetch: cloudFetch({ address: host, ca }), random: () => 0, ...http },
        ...rest,
      });
      onTestFinished(() => registry.close());
      return registry;
    },
    timesSeen: (endpoint) => double.seen.filter((one) => one.endsWith(endpoint)).length,
  };
}

/** A run with a model folder of two files. */
export async function createModelRun(
  registry: Registry,
  mlmodel = 'signature:\n  inputs: "[]"\n  outputs: "[]"\n',
): Promise<{ readonly runId: string; readonly source: string }> {
  const { experimentId } = await registry.ensureExperiment('churn');
  const { runId } = await registry.createRun({ experimentId, startTime: 1 });
  await registry.uploadArtifact(runId, 'model/MLmodel', new TextEncoder().encode(mlmodel));
  await registry.uploadArtifact(runId, 'model/data/model.bin', new Uint8Array(3));
  return { runId, source: `runs:/${runId}/model` };
}
