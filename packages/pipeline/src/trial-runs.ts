import {
  type DatasetInput,
  LIMITS,
  type MetricPoint,
  type Run,
  type Tags,
} from '@gnu-mlops/registry-client';
import type { FoldResult, Proposal, Trial } from '@gnu-mlops/trainer';
import { hyperparameterParams } from './run-params.ts';
import { failureTags } from './run-tags.ts';
import type { TuningOptions } from './tuning-options.ts';

/** Tags by which MLflow nests a run in another. */
export const PARENT_TAG = 'mlflow.parentRunId';
const NUMBER_TAG = 'gnu_mlops.trial_number';
const STATE_TAG = 'gnu_mlops.trial_state';
/** The trial as JSON, exact to the last bit; written in one step with the state. */
const RECORD_TAG = 'gnu_mlops.trial';

/** The run of a tuning, and the runs of its trials. */
export interface TuningRun {
  readonly runId: string;
  readonly experimentId: string;
  readonly options: TuningOptions;
  /** What every trial learns from, as its run notes it. */
  readonly subject: { readonly tags: Tags; readonly dataset: DatasetInput };
}

/** Trials on record under a tuning's run. */
export interface TrialRecords {
  /** By number, each once. */
  readonly finished: readonly Trial[];
  /** Runs of trials that did not finish. */
  readonly unfinished: readonly Run[];
}

/** Find what the trials of a tuning have left. */
export async function readTrials({
  runId,
  experimentId,
  options,
}: TuningRun): Promise<TrialRecords> {
  const finished = new Map<number, Trial>();
  const unfinished: Run[] = [];
  let pageToken: string | undefined;
  do {
    const page = await options.registry.searchRuns({
      experimentIds: [experimentId],
      filter: `tags.\`${PARENT_TAG}\` = '${runId}'`,
      ...(pageToken === undefined ? {} : { pageToken }),
    });
    for (const run of page.items) {
      if (run.tags[NUMBER_TAG] === undefined) continue;
      const record = run.tags[RECORD_TAG];
      if (record === undefined) unfinished.push(run);
      else finished.set(Number(run.tags[NUMBER_TAG]), JSON.parse(record) as Trial);
    }
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return {
    finished: [...finished.values()].sort((a, b) => a.number - b.number),
    unfinished,
  };
}

/** Begin the run of a trial. @returns its id. */
export async function beginTrialRun(tuning: TuningRun, proposal: Proposal): Promise<string> {
  const { experimentId, options, subject } = tuning;
  const { registry, userId, algorithm, hyperparameters } = options;
  const { runId } = await registry.createRun({
    experimentId,
    runName: `trial ${proposal.number + 1}`,
    startTime: options.now(),
    ...(userId === undefined ? {} : { userId }),
    tags: {
      ...subject.tags,
      ...options.tags,
      [PARENT_TAG]: tuning.runId,
      [NUMBER_TAG]: String(proposal.number),
    },
  });
  await registry.logInputs(runId, [subject.dataset]);
  const tried = hyperparameterParams({ ...hyperparameters, ...proposal.hyperparameters });
  await registry.logBatch(runId, { params: { ...tried, algorithm } });
  return runId;
}

/** Note what a fold measured; step 1 is the first fold, as in the run of a training. */
export async function recordFold(
  runId: string,
  { fold, metrics }: FoldResult,
  { registry, now }: TuningOptions,
): Promise<void> {
  const timestamp = now();
  const points: MetricPoint[] = Object.entries(metrics).map(([name, value]) => ({
    key: `cv_${name}`,
    value,
    timestamp,
    step: fold + 1,
  }));
  await registry.logBatch(runId, { metrics: points });
}

/** Note how a trial ended, in one step, and end its run. */
export async function endTrialRun(
  runId: string,
  trial: Trial,
  { options, metric }: { readonly options: TuningOptions; readonly metric: string },
): Promise<void> {
  const { registry, now } = options;
  const mean = trial.value === undefined ? [] : [{ key: `cv_${metric}_mean`, value: trial.value }];
  await registry.logBatch(runId, {
    metrics: mean.map((point) => ({ ...point, timestamp: now(), step: 0 })),
    tags: { ...trialTags(trial), [STATE_TAG]: trial.state, [RECORD_TAG]: recordOf(trial) },
  });
  const status = trial.state === 'FAIL' ? 'FAILED' : 'FINISHED';
  await registry.updateRun(runId, { status, endTime: now() });
}

/** Mark the run of a trial that was cut short, as one that is done again. */
export async function killTrialRun(runId: string, { registry, now }: TuningOptions): Promise<void> {
  await registry.updateRun(runId, { status: 'KILLED', endTime: now() });
}

function trialTags({ error }: Trial): Tags {
  if (error === undefined) return {};
  return { ...failureTags(new Error(error.message)), 'gnu_mlops.error_code': error.code };
}

/** A long message is on record as a tag of its own; the hyperparameters must fit. */
function recordOf(trial: Trial): string {
  const text = JSON.stringify(trial);
  if (text.length <= LIMITS.runTagValueLength || trial.error === undefined) return text;
  const message = trial.error.message.slice(0, 500).toWellFormed();
  return JSON.stringify({ ...trial, error: { ...trial.error, message } });
}
