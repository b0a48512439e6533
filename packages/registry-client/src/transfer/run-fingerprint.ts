import { canonicalJson } from '@gnu-mlops/core';
import type { Artifact, Run } from '../entities.ts';
import { sha256Hex } from '../sha256.ts';
import { tagsToCopy } from './copy-tags.ts';

/**
 * A digest that changes when a run does, as far as can be seen without reading every value of its
 * metrics and every byte of its files. 64 hex digits.
 */
export function fingerprintRun(run: Run, files: readonly Artifact[]): string {
  return sha256Hex(
    canonicalJson({
      name: run.runName,
      status: run.status,
      times: [run.startTime, run.endTime ?? null],
      user: run.userId,
      params: run.params,
      tags: tagsToCopy(run.tags),
      metrics: run.latestMetrics.map(({ key, value, step, timestamp }) => [
        key,
        String(value),
        step,
        timestamp,
      ]),
      inputs: run.inputs.map(({ name, digest, context }) => [name, digest, context ?? null]),
      models: [...run.modelInputs, ...run.modelOutputs.map(({ modelId }) => modelId)],
      files: files.map(({ path, sizeBytes, sha256 }) => [path, sizeBytes ?? null, sha256 ?? null]),
    }),
  );
}
