import type { Run } from '@gnu-mlops/registry-client';
import type { TrainedModel } from '@gnu-mlops/trainer';
import type { RunSummary, TrainingSummary } from './quickstart-result.ts';

/** A training in figures. */
export function summarizeTraining({ model, report }: TrainedModel): TrainingSummary {
  const { split: _split, findings: _findings, ...figures } = report;
  const { algorithm, seed } = model.provenance;
  return { ...figures, algorithm, seed };
}

/** A run by its names and places. */
export function summarizeRun(run: Run, experimentName: string): RunSummary {
  const { runId, runName, experimentId, artifactUri } = run;
  return { runId, runName, experimentId, experimentName, artifactUri };
}
