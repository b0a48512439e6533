import { type BatchReport, runBatch } from '@gnu-mlops/batch';
import { checkCancelled } from './check-cancelled.ts';
import { type NothingServing, type ServingModel, findServingModel } from './find-serving-model.ts';
import { makeWaitingFiles } from './make-waiting-files.ts';
import { openQuickstartData } from './open-quickstart-data.ts';
import { type PredictionExample, predictExamples } from './predict-examples.ts';
import type { PreparedTable } from './prepare-training-table.ts';
import { type StageOutcome, promoteThroughStages } from './promote-through-stages.ts';
import type { QuickstartEvent, QuickstartStep } from './quickstart-event.ts';
import type { QuickstartOptions } from './quickstart-options.ts';
import type { QuickstartResult } from './quickstart-result.ts';
import { summarizeQuickstart } from './summarize-quickstart.ts';
import { summarizeRun, summarizeTraining } from './summarize-training.ts';
import { type RegisteredTraining, type TrainingContext, trainPrepared } from './train-prepared.ts';

/** What surrounds a quick start and never changes its result. */
export interface QuickstartContext extends Pick<TrainingContext, 'signal' | 'threads'> {
  /** Must not throw. */
  readonly onEvent?: (event: QuickstartEvent) => void;
}

/** A waiting file that changed less than this long ago may still be written to. */
const settleMs = 2000;

/** A quick start under way. */
interface Journey {
  readonly options: QuickstartOptions;
  readonly context: QuickstartContext;
  readonly emit: (event: QuickstartEvent) => void;
  /** @throws {PipelineCancelledError} */
  readonly begin: (step: QuickstartStep) => void;
}

/**
 * Take a table all the way: read and check it, train, record, promote, predict, score waiting files.
 * A version that its gates refuse is an outcome like any other: what is in GNU_Production, or else in
 * Staging, predicts then, and nothing predicts when both are empty.
 *
 * A further run on the same registry adds a version and keeps everything that is there.
 *
 * @throws {DataCheckFailedError} and what else {@link prepareTrainingTable} and
 *   {@link trainAndRegister} throw.
 * @throws {PipelineCancelledError} when the signal aborts; files that were not scored wait.
 * @throws the `DEPLOYER_*`, `PREDICTOR_*` and `BATCH_*` errors of what it joins.
 */
export async function runQuickstart(
  options: QuickstartOptions,
  context: QuickstartContext = {},
): Promise<QuickstartResult> {
  const startedAt = options.now();
  const emit = context.onEvent ?? (() => {});
  const begin = (step: QuickstartStep) => {
    checkCancelled(context.signal);
    emit({ type: 'step', step });
  };
  const journey: Journey = { options, context, emit, begin };

  begin('data');
  const { prepared, summary: data } = await openQuickstartData(options);
  emit({ type: 'data', data });
  emit({ type: 'findings', findings: prepared.findings });

  const training = await train(journey, prepared);
  const { version } = training;
  const { staging, production } = await promote(journey, prepared, training);

  begin('predict');
  const serving = await findServingModel(options.registry, version.name, prepared.table);
  const { predictions, batch } = await serve(journey, serving, { prepared, training });

  begin('summary');
  const outcome = {
    data,
    run: summarizeRun(training.run, options.experimentName),
    version: { modelName: version.name, version: version.version },
    staging,
    production,
    batch,
  };
  const summary = summarizeQuickstart({ ...outcome, ledgerPath: options.ledgerPath });
  emit({ type: 'summary', summary });
  return {
    ...outcome,
    findings: prepared.findings,
    training: summarizeTraining(training),
    serving: describeServing(serving),
    predictions,
    summary,
    durationMs: options.now() - startedAt,
  };
}

async function train(
  { options, context, emit, begin }: Journey,
  prepared: PreparedTable,
): Promise<RegisteredTraining> {
  const { signal, threads } = context;
  begin('train');
  const training = await trainPrepared(prepared, options, {
    ...(signal && { signal }),
    ...(threads !== undefined && { threads }),
    onProgress: (progress) => emit({ type: 'progress', progress }),
    onTrained(trained) {
      const figures = summarizeTraining(trained);
      const { rows, folds, foldMean: mean, foldStd: std } = figures;
      emit({ type: 'split', rows });
      emit({ type: 'folds', folds, mean, std });
      emit({ type: 'evaluation', training: figures });
      emit({ type: 'step', step: 'record' });
    },
  });
  const { name: modelName, version } = training.version;
  emit({ type: 'run', run: summarizeRun(training.run, options.experimentName) });
  emit({ type: 'version', version: { modelName, version } });
  return training;
}

async function promote(
  { options, emit, begin }: Journey,
  { task }: PreparedTable,
  { version }: RegisteredTraining,
): Promise<{ staging: StageOutcome; production: StageOutcome }> {
  const { registry, actor, now } = options;
  begin('promote');
  const outcomes = await promoteThroughStages({
    ...{ registry, actor, now },
    gates: options.gatesFor(task),
    modelName: version.name,
    version: version.version,
    // Whoever asks for made-up rows wants to see all the way.
    ...(options.data.kind === 'own' ? {} : { syntheticData: 'by-name' as const }),
  });
  emit({ type: 'stage', outcome: outcomes.staging });
  emit({ type: 'stage', outcome: outcomes.production });
  return outcomes;
}

/** Predict examples and score waiting files, where a model serves. */
async function serve(
  journey: Journey,
  serving: ServingModel | NothingServing,
  made: { readonly prepared: PreparedTable; readonly training: RegisteredTraining },
): Promise<{ predictions: readonly PredictionExample[]; batch: BatchReport | null }> {
  const { emit } = journey;
  emit({ type: 'serving', serving: describeServing(serving) });
  if ('reason' in serving) return { predictions: [], batch: null };
  const { table, target } = made.prepared;
  try {
    const rows = made.training.report.split.test;
    const predictions = predictExamples(serving.predictor, { table, target, rows });
    for (const example of predictions) emit({ type: 'prediction', example });
    return { predictions, batch: await scoreFiles(journey, serving, made) };
  } finally {
    serving.predictor.close();
  }
}

async function scoreFiles(
  { options, context, emit, begin }: Journey,
  { predictor }: ServingModel,
  made: { readonly prepared: PreparedTable; readonly training: RegisteredTraining },
): Promise<BatchReport> {
  const { data, folders, ledgerPath, batchRows, now } = options;
  begin('batch');
  // Written whole, so that they need not settle like files of which that is not known.
  const changedAt = now() - settleMs - 1;
  const paths = await makeWaitingFiles({ inputFolder: folders.input, changedAt, data, ...made });
  emit({ type: 'waiting_files', paths });
  const report = await runBatch({
    inputFolder: folders.input,
    outputFolder: folders.output,
    archiveFolder: folders.archive,
    archiveInput: true,
    ...{ predictor, batchRows, ledgerPath, now, settleMs },
    onProgress: (progress) => emit({ type: 'progress', progress }),
    ...(context.signal && { signal: context.signal }),
  });
  emit({ type: 'batch', report });
  return report;
}

function describeServing(
  serving: ServingModel | NothingServing,
): { stage: ServingModel['stage']; version: string } | NothingServing {
  if ('reason' in serving) return serving;
  return { stage: serving.stage, version: serving.version.version };
}
