import {
  type ModelVersion,
  type Registry,
  type Run,
  RunNotFoundError,
} from '@gnu-mlops/registry-client';
import { unlessMissing } from './unless-missing.ts';
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
  const run = await unlessMissing(registry.getRun(version.runId), RunNotFoundError.code);
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

function trainingDigest({ inputs }: Run): string | undefined {
  return (inputs.find(({ context }) => context === 'training') ?? inputs[0])?.digest;
}
