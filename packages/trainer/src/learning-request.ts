import { type JsonObject, type Table, type Task, columnNamed, takeColumns } from '@gnu-mlops/core';
import {
  type Finding,
  type RecipeSpec,
  checkTrainingTable,
  encodeTarget,
} from '@gnu-mlops/preprocess';
import { algorithmNamed } from './algorithms.ts';
import { TableUnfitError } from './errors.ts';
import type { LearningTask } from './learning-task.ts';
import { resolveHyperparameters } from './resolve-hyperparameters.ts';

/** A table, what to learn from it, and how. */
export interface LearningRequest {
  readonly table: Table;
  /** The column to predict. */
  readonly target: string;
  /** Default: what `inferTask` says of the target. */
  readonly task?: Task;
  /** The columns to learn from; default: all but the target. */
  readonly features?: readonly string[];
  /** One of `algorithms`, by name. */
  readonly algorithm: string;
  /** Those that differ from their defaults. */
  readonly hyperparameters?: JsonObject;
  /** Default: `defaultRecipeSpec` of the rows that are fitted on. */
  readonly recipe?: RecipeSpec;
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
 */
export function openLearningTask(request: LearningRequest): {
  task: LearningTask;
  findings: readonly Finding[];
} {
  const { features, target: targetName } = request;
  const wanted = { target: targetName, ...(request.task && { task: request.task }) };
  const table =
    features === undefined ? request.table : takeColumns(request.table, [...features, targetName]);
  const findings = checkTrainingTable(table, wanted);
  if (findings.some((finding) => finding.severity === 'error')) throw new TableUnfitError(findings);

  const column = columnNamed(table, targetName);
  const target = encodeTarget(column, { name: targetName, ...wanted });
  const hyperparameters = resolveHyperparameters(
    algorithmNamed(request.algorithm),
    request.hyperparameters ?? {},
    target.task,
  );
  return { task: { ...request, table, targetName, target, hyperparameters }, findings };
}
