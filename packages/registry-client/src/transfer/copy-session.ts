import type { ProgressListener } from '@gnu-mlops/core';
import type { Experiment, Run } from '../entities.ts';
import type { Registry } from '../registry.ts';
import type { CopiedLoggedModel } from './copy-logged-model.ts';
import type { CopiedRun } from './copy-run.ts';
import type { TransferSource } from './transfer-source.ts';

/** What surrounds a copy. */
export interface TransferContext {
  /** Ends the copy; what was copied by then stays, and the next copy goes on from there. */
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
}

/** One copy under way, and what it has copied already. */
export interface CopySession {
  readonly source: TransferSource;
  readonly target: Registry;
  readonly context: TransferContext;
  /** The experiment to copy runs into; default: that of the same name. */
  readonly experimentName: string | undefined;
  /** By their ids at the source. */
  readonly experiments: Map<string, Experiment>;
  readonly runs: Map<string, CopiedRun>;
  /** Copies that are known to be there, complete or not, so that nobody looks for them. */
  readonly copies: Map<string, Run>;
  readonly loggedModels: Map<string, CopiedLoggedModel>;
}

/** Begin a copy. */
export function startCopy(
  source: TransferSource,
  target: Registry,
  options: { readonly experimentName?: string | undefined; readonly context: TransferContext },
): CopySession {
  return {
    source,
    target,
    context: options.context,
    experimentName: options.experimentName,
    experiments: new Map(),
    runs: new Map(),
    copies: new Map(),
    loggedModels: new Map(),
  };
}

/** The experiment that runs of an experiment of the source are copied into, made where it is not there. */
export async function targetExperiment(
  { source, target, experimentName, experiments }: CopySession,
  experimentId: string,
): Promise<Experiment> {
  const known = experiments.get(experimentId);
  if (known !== undefined) return known;
  const name = experimentName ?? (await source.getExperiment(experimentId)).name;
  const experiment = await target.ensureExperiment(name);
  experiments.set(experimentId, experiment);
  return experiment;
}
