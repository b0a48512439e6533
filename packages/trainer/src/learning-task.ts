import {
  type ClassificationMetrics,
  type JsonObject,
  type RegressionMetrics,
  type Table,
  measureClassification,
  measureRegression,
  takeRows,
} from '@gnu-mlops/core';
import { predictMatrix } from '@gnu-mlops/model';
import {
  type EncodedTarget,
  type Recipe,
  type RecipeSpec,
  fitTransform,
  renumberRows,
  transformTable,
} from '@gnu-mlops/preprocess';
import type { Fit } from './algorithm.ts';
import type { ValidationTable } from './encode-validation.ts';
import { fitAlgorithm } from './fit-algorithm.ts';
import type { FitContext } from './fit-context.ts';
import type { ValidationRows } from './prepare-training-set.ts';
import { recipeSpecFor } from './recipe-spec-for.ts';
import { takeRowOrder } from './take-row-order.ts';
import type { RowOrder, TrainingTarget } from './training-set.ts';

/** Everything that a fit on some rows of a table needs to know but the rows. */
export interface LearningTask extends RowOrder {
  /** Features and target; other columns must be gone. */
  readonly table: Table;
  readonly targetName: string;
  /** The target of all rows. */
  readonly target: EncodedTarget;
  readonly algorithm: string;
  readonly hyperparameters: JsonObject;
  /** Default: `defaultRecipeSpec` of the rows that are fitted on. */
  readonly recipe?: RecipeSpec | undefined;
  /** Rows to stop early by; nothing is learned from them. */
  readonly validation?: ValidationTable | undefined;
  readonly seed: number;
  /** Which of two classes precision, recall, F1 and AUC are about; default the second. */
  readonly positiveClass?: string | undefined;
}

/** What was learned from some rows. */
export interface Learned {
  readonly recipe: Recipe;
  readonly fit: Fit;
}

/** Fit recipe and algorithm to these rows, and see no other. */
export async function learnFromRows(
  task: LearningTask,
  rows: Int32Array,
  context: FitContext,
): Promise<Learned> {
  const table = takeRows(task.table, rows);
  const target = task.targetName;
  const spec = recipeSpecFor(task, table);
  const { recipe, matrix } = renumberRows(
    (row) => rows[row]!,
    () => fitTransform(table, spec, { target, task: task.target.task }),
  );
  const fit = await fitAlgorithm(
    {
      ...task,
      matrix,
      rowNumbers: rows,
      target: targetOfRows(task.target, rows),
      ...takeRowOrder(task, rows),
      validation: task.validation && encodeRows(task.validation, recipe),
    },
    context,
  );
  return { recipe, fit };
}

function encodeRows({ table, target }: ValidationTable, recipe: Recipe): ValidationRows {
  const rows = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  return { matrix: transformTable(table, recipe), target: targetOfRows(target, rows) };
}

/** What was learned says these of some rows: rows x classes, row-major, or a number each. */
export function scoreRows(
  { table }: Pick<LearningTask, 'table'>,
  { recipe, fit }: Learned,
  rows: Int32Array,
): Float64Array {
  const matrix = renumberRows(
    (row) => rows[row]!,
    () => transformTable(takeRows(table, rows), recipe),
  );
  return predictMatrix(fit.estimator, matrix);
}

/** Compare what {@link scoreRows} says of some rows with their target. */
export function measureOutputs(
  task: LearningTask,
  rows: Int32Array,
  outputs: Float64Array,
): ClassificationMetrics | RegressionMetrics {
  const { target } = task;
  if (target.task === 'regression') {
    return measureRegression(
      Float64Array.from(rows, (row) => target.values[row]!),
      outputs,
    );
  }
  return measureClassification({
    actual: rows.map((row) => target.labels[row]!),
    probabilities: outputs,
    classes: target.classes,
    ...(task.positiveClass !== undefined && { positiveClass: task.positiveClass }),
  });
}

function targetOfRows(target: EncodedTarget, rows: Int32Array): TrainingTarget {
  if (target.task === 'regression') {
    return { task: 'regression', values: Float64Array.from(rows, (row) => target.values[row]!) };
  }
  return {
    task: 'classification',
    labels: rows.map((row) => target.labels[row]!),
    classCount: target.classes.length,
    classes: target.classes,
  };
}
