import { type ColumnSpec, metricValues } from '@gnu-mlops/core';
import type { Model } from '@gnu-mlops/model';
import { dealFolds } from './deal-folds.ts';
import { type DecisionRequest, checkDecisionRequest } from './decisions/decision-request.ts';
import { evaluateDecisions } from './decisions/evaluate-decisions.ts';
import { type FittedDecisions, fitDecisions } from './decisions/fit-decisions.ts';
import { gatherFolds } from './evaluation/gather-folds.ts';
import type { FitContext } from './fit-context.ts';
import { measureFolds, summariseFolds } from './fold-metrics.ts';
import { holdOutRows } from './hold-out-rows.ts';
import { type LearningRequest, openLearningTask } from './learning-request.ts';
import { type Learned, type LearningTask, learnFromRows, scoreRows } from './learning-task.ts';
import { runFolds } from './run-folds.ts';
import { withPool } from './threads/with-pool.ts';
import type { FeatureImportance, TrainingReport } from './training-report.ts';

/** What to train. */
export interface TrainRequest extends LearningRequest, DecisionRequest {
  /** Share of the rows that is held out for the evaluation, in (0, 1). */
  readonly testSize: number;
  /**
   * Folds of the cross-validation over the training rows, at least 2; 0 = none. Calibration and
   * threshold are fitted on what its models predict for the rows that they have not seen.
   */
  readonly folds: number;
  /** Digest of the table, for the model's provenance; default `unknown`. */
  readonly dataDigest?: string;
  /** ISO 8601, UTC. Leave it out where two equal trainings must give equal bytes. */
  readonly createdAt?: string;
  /** Package versions that take part, for the provenance. */
  readonly versions?: { readonly [name: string]: string };
}

/** What surrounds a training. */
export interface TrainContext extends FitContext {
  /** A clock in milliseconds, for the durations; default `performance.now`. */
  readonly now?: () => number;
}

/** A model, and how it came to be. */
export interface TrainedModel {
  readonly model: Model;
  readonly report: TrainingReport;
}

/**
 * Train a model: check the table, hold rows out, cross-validate on the rest, fit recipe and
 * algorithm on the rest, evaluate on the held-out rows. Classes keep their proportions in every
 * split; nothing is ever fitted on rows that it is measured on, calibration and threshold included.
 * The cross-validation measures the estimator without them.
 *
 * The same request gives the same model to the byte, on any number of threads.
 *
 * @throws {TableUnfitError} when the table cannot be trained on, with all findings.
 * @throws {TrainingOptionError} when calibration or threshold are none for the target.
 * @throws {TrainingCancelledError} when the signal aborts.
 * @throws what the splits of @gnu-mlops/preprocess, `fitRecipe` and `fitAlgorithm` throw.
 */
export function trainModel(
  request: TrainRequest,
  context: TrainContext = {},
): Promise<TrainedModel> {
  // Its threads stay from the first fold to the last fit.
  return withPool(context, (warm) => train(request, warm));
}

async function train(request: TrainRequest, context: TrainContext): Promise<TrainedModel> {
  const { task, findings } = openLearningTask(request);
  const { target, table } = task;
  checkDecisionRequest(request, { target, folds: request.folds });
  const split = holdOutRows(task, request.testSize);
  const now = context.now ?? (() => performance.now());
  const startMs = now();
  const rounds = request.folds === 0 ? [] : dealFolds(task, split.train, request.folds);
  const outputs = await runFolds(task, rounds, context);
  const folds = measureFolds(task, rounds, outputs);
  const foldedMs = now();
  const learned = await learnFromRows(task, split.train, context);
  const fittedMs = now();
  const unseen = gatherFolds(task, rounds, outputs);
  const decisions = fitDecisions(request, unseen, request.positiveClass);
  const heldOut = { rows: split.test, outputs: scoreRows(task, learned, split.test) };
  const decided = evaluateDecisions(task, heldOut, { decisions, request });
  const { evaluation } = decided;
  const metrics = metricValues(evaluation);
  const report: TrainingReport = {
    task: target.task,
    rows: { total: table.rowCount, train: split.train.length, test: split.test.length },
    hyperparameters: task.hyperparameters,
    folds,
    ...summariseFolds(folds),
    evaluation,
    metrics,
    ...decided.report,
    featureImportances: rankImportances(learned),
    ...(learned.fit.bestIteration !== undefined && { bestIteration: learned.fit.bestIteration }),
    ...(learned.fit.outOfBagScore !== undefined && { outOfBagScore: learned.fit.outOfBagScore }),
    findings: [...findings, ...(learned.fit.findings ?? [])],
    split,
    durationsMs: {
      crossValidation: foldedMs - startMs,
      fit: fittedMs - foldedMs,
      evaluation: now() - fittedMs,
    },
  };
  return { model: modelOf(request, task, { learned, decisions, report }), report };
}

function rankImportances({ recipe, fit }: Learned): FeatureImportance[] {
  return recipe.features
    .map(({ name }, i) => ({ feature: name, importance: fit.importances[i]! }))
    .sort((a, b) => b.importance - a.importance);
}

function modelOf(
  request: TrainRequest,
  task: LearningTask,
  {
    learned,
    decisions,
    report,
  }: { learned: Learned; decisions: FittedDecisions; report: TrainingReport },
): Model {
  const { target, targetName } = task;
  return {
    task: target.task,
    target: {
      name: targetName,
      ...(target.task === 'classification' && { classes: target.classes }),
    },
    signature: { inputs: learned.recipe.inputs, outputs: outputsOf(task) },
    recipe: learned.recipe,
    estimator: learned.fit.estimator,
    ...(decisions.calibration && { calibration: decisions.calibration }),
    ...(decisions.threshold && { threshold: decisions.threshold }),
    provenance: {
      algorithm: task.algorithm,
      hyperparameters: task.hyperparameters,
      seed: task.seed,
      dataDigest: request.dataDigest ?? 'unknown',
      trainingRows: report.rows.train,
      ...(request.createdAt !== undefined && { createdAt: request.createdAt }),
      versions: request.versions ?? {},
      metrics: Object.fromEntries(
        Object.entries(report.metrics).filter(([, value]) => Number.isFinite(value)),
      ),
    },
  };
}

function outputsOf({ target }: LearningTask): ColumnSpec[] {
  if (target.task === 'regression') return [{ name: 'prediction', type: 'double', required: true }];
  return [
    { name: 'prediction', type: 'string', required: true },
    { name: 'probability', type: 'double', required: true },
  ];
}
