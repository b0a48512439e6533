import {
  type JsonObject,
  type Table,
  type Task,
  columnNamed,
  dropColumns,
  takeColumns,
} from '@gnu-mlops/core';
import {
  type Finding,
  type RecipeSpec,
  checkTrainingTable,
  encodeTarget,
} from '@gnu-mlops/preprocess';
import { algorithmNamed } from './algorithms.ts';
import { encodeValidation } from './encode-validation.ts';
import { TableUnfitError } from './errors.ts';
import type { LearningTask } from './learning-task.ts';
import { resolveHyperparameters } from './resolve-hyperparameters.ts';
import { openRowOrder } from './row-order.ts';

/** A table, what to learn from it, and how. */
export interface LearningRequest {
  readonly table: Table;
  /** The column to predict. */
  readonly target: string;
  /** Default: what `inferTask` says of the target. */
  readonly task?: Task;
  /** The columns to learn from; default: all but the target, `groupColumn` and `timeColumn`. */
  readonly features?: readonly string[];
  /**
   * Whose rows belong together, such as one customer's: they stay on one side of every split. Not with
   * `timeColumn`.
   */
  readonly groupColumn?: string;
  /**
   * When each row happened, a timestamp or a number: the latest rows are held out, and every fold of a
   * cross-validation is tested on later rows than it is trained on.
   */
  readonly timeColumn?: string;
  /** One of `algorithms`, by name. */
  readonly algorithm: string;
  /** Those that differ from their defaults. */
  readonly hyperparameters?: JsonObject;
  /** Default: `defaultRecipeSpec` of the rows that are fitted on. */
  readonly recipe?: RecipeSpec;
  /**
   * Rows to stop early by, of the same columns: for an algorithm that stops early. Default: a share of
   * the training rows, which the algorithm holds out by itself.
   */
  readonly validation?: Table;
  /** Any finite number. */
  readonly seed: number;
  /** Which of two classes precision, recall, F1 and AUC are about; default the second. */
  readonly positiveClass?: string;
}

/**
 * Check a request and turn it into a task.
 *
 * @returns the task, with all hyperparameters, and what the table's checks found (warnings only).
 * @throws {TableUnfitError} when a check finds an error.
 * @throws {TrainingOptionError} when the columns that rows are split by do not go together.
 * @throws {SplitInvalidError} when a row has no group or no time.
 */
export function openLearningTask(request: LearningRequest): {
  task: LearningTask;
  findings: readonly Finding[];
} {
  const { target: targetName } = request;
  const wanted = { target: targetName, ...(request.task && { task: request.task }) };
  const order = openRowOrder(request);
  const table = learntColumns(request);
  const findings = checkTrainingTable(table, wanted);
  if (findings.some((finding) => finding.severity === 'error')) throw new TableUnfitError(findings);

  const column = columnNamed(table, targetName);
  const target = encodeTarget(column, { name: targetName, ...wanted });
  const hyperparameters = resolveHyperparameters(
    algorithmNamed(request.algorithm),
    request.hyperparameters ?? {},
    target.task,
  );
  const shape = { table, targetName, target };
  const validation = request.validation && encodeValidation(request.validation, shape);
  return {
    task: { ...request, ...order, ...shape, hyperparameters, validation },
    findings,
  };
}

/** Features and target, without the columns that say how rows are split. */
function learntColumns(request: LearningRequest): Table {
  const { table, features, target, groupColumn, timeColumn } = request;
  if (features !== undefined) return takeColumns(table, [...features, target]);
  const leftOut = [groupColumn, timeColumn].filter((name) => name !== undefined);
  return leftOut.length === 0 ? table : dropColumns(table, leftOut);
}
