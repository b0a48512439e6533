import { isGnuMlopsError } from '@gnu-mlops/core';
import {
  type ModelVersion,
  type Registry,
  type Run,
  RunNotFoundError,
} from '@gnu-mlops/registry-client';
import type { VersionEvidence } from './version-evidence.ts';

/**
 * Look up the run that made a version: its latest metrics, the parameter `algorithm`, and digest and
 * source of its training data. A version whose run is unknown or gone has no metrics, so that no gate
 * passes it.
 */
export async function readVersionEvidence(
  registry: Pick<Registry, 'getRun'>,
  version: ModelVersion,
): Promise<VersionEvidence> {
  if (version.runId === undefined) return { metrics: {} };
  const run = await findRun(registry, version.runId);
  if (run === undefined) return { metrics: {}, runId: version.runId };
  const algorithm = run.params.algorithm;
  const dataDigest = trainingDigest(run);
  const dataSource = run.tags['gnu_mlops.data_source'];
  return {
    metrics: run.metrics,
    runId: run.runId,
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(dataDigest === undefined ? {} : { dataDigest }),
    ...(dataSource === undefined ? {} : { dataSource }),
  };
}

async function findRun(
  registry: Pick<Registry, 'getRun'>,
  runId: string,
): Promise<Run | undefined> {
  try {
    return await registry.getRun(runId);
  } catch (error) {
    if (isGnuMlopsError(error) && error.code === RunNotFoundError.code) return undefined;
    throw error;
  }
}

function trainingDigest({ inputs }: Run): string | undefined {
  return (inputs.find(({ context }) => context === 'training') ?? inputs[0])?.digest;
}
