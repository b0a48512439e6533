import { parseExpressions } from '@gnu-mlops/preprocess/expressions';
import { LIMITS, type ModelVersion, type Run } from '@gnu-mlops/registry-client';
import { type TrainContext, type TrainedModel, trainModel } from '@gnu-mlops/trainer';
import { checkCancelled } from './check-cancelled.ts';
import { describeDataset } from './describe-dataset.ts';
import { logArtifacts } from './log-artifacts.ts';
import type { PreparedTable } from './prepare-training-table.ts';
import { registerVersion } from './register-version.ts';
import { runMetrics } from './run-metrics.ts';
import { hyperparameterParams, runParams } from './run-params.ts';
import { failureTags, runTags } from './run-tags.ts';
import type { TrainingRunOptions } from './training-options.ts';

/** A training that is on record. */
export interface RegisteredTraining extends TrainedModel {
  /** As it was when it had finished. */
  readonly run: Run;
  readonly version: ModelVersion;
}

/** What surrounds a training and never changes its result. */
export interface TrainingContext extends Pick<TrainContext, 'signal' | 'onProgress' | 'threads'> {
  /** Told of the model as soon as there is one, before it is recorded. */
  readonly onTrained?: (trained: TrainedModel) => void;
}

/**
 * Train on a prepared table, with the run recorded from its start to whatever its end is, and
 * register the model.
 */
export async function trainPrepared(
  prepared: PreparedTable,
  options: TrainingRunOptions,
  context: TrainingContext,
): Promise<RegisteredTraining> {
  const { registry, now } = options;
  const experiment = await registry.ensureExperiment(options.experimentName);
  const { runId } = await registry.createRun({
    experimentId: experiment.experimentId,
    startTime: now(),
    tags: runTags(prepared, options),
    ...(options.runName === undefined ? {} : { runName: options.runName }),
    ...(options.userId === undefined ? {} : { userId: options.userId }),
  });
  try {
    await registry.logInputs(runId, [describeDataset(prepared)]);
    await registry.logBatch(runId, { params: runParams(prepared, options) });
    const trained = withCheckFindings(await train(prepared, options, context), prepared);
    context.onTrained?.(trained);
    await recordReport(runId, trained, options);
    await logArtifacts(runId, { prepared, trained, options });
    checkCancelled(context.signal);
    const version = await registerVersion(runId, { prepared, trained, options });
    await registry.logBatch(runId, { tags: { 'gnu_mlops.model_version': version.version } });
    await registry.updateRun(runId, { status: 'FINISHED', endTime: now() });
    return { run: await registry.getRun(runId), version, ...trained };
  } catch (error) {
    await recordFailure(runId, options, { error, signal: context.signal });
    throw error;
  }
}

async function train(
  prepared: PreparedTable,
  options: TrainingRunOptions,
  { signal, onProgress, threads }: TrainingContext,
): Promise<TrainedModel> {
  const { algorithm, hyperparameters, recipe, testSize, folds, seed, versions } = options;
  const { calibration, threshold, positiveClass } = options;
  return trainModel(
    {
      table: prepared.table,
      target: prepared.target,
      task: prepared.task,
      dataDigest: prepared.digest,
      ...prepared.use,
      ...{ algorithm, testSize, folds, seed },
      ...(calibration !== undefined && { calibration }),
      ...(threshold !== undefined && { threshold }),
      ...(positiveClass !== undefined && { positiveClass }),
      ...(hyperparameters && { hyperparameters }),
      ...(recipe && { recipe: await parseExpressions(recipe) }),
      ...(versions && { versions }),
    },
    {
      now: options.now,
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
      ...(threads !== undefined && { threads }),
    },
  );
}

/** The training looks at the rows too, but knows nothing of the caller's checks. */
function withCheckFindings(
  { model, report }: TrainedModel,
  { findings }: PreparedTable,
): TrainedModel {
  const ofChecks = findings.filter(({ check }) => check === 'data_check');
  return { model, report: { ...report, findings: [...ofChecks, ...report.findings] } };
}

async function recordReport(
  runId: string,
  { report }: TrainedModel,
  { registry, now }: TrainingRunOptions,
): Promise<void> {
  const params = {
    ...hyperparameterParams(report.hyperparameters),
    training_rows: String(report.rows.train),
    test_rows: String(report.rows.test),
  };
  await registry.logBatch(runId, { params });
  const metrics = runMetrics(report, now());
  for (let from = 0; from < metrics.length; from += LIMITS.metricsPerBatch) {
    await registry.logBatch(runId, { metrics: metrics.slice(from, from + LIMITS.metricsPerBatch) });
  }
}

async function recordFailure(
  runId: string,
  { registry, now }: TrainingRunOptions,
  { error, signal }: { readonly error: unknown; readonly signal: AbortSignal | undefined },
): Promise<void> {
  try {
    await registry.logBatch(runId, { tags: failureTags(error) });
    const status = signal?.aborted === true ? 'KILLED' : 'FAILED';
    await registry.updateRun(runId, { status, endTime: now() });
  } catch {
    // A registry that is out of reach may be what failed: the first error is the one to throw.
  }
}
