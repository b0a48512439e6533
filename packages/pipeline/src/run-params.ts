import type { JsonObject } from '@gnu-mlops/core';
import type { Tags } from '@gnu-mlops/registry-client';
import type { PreparedTable } from './prepare-training-table.ts';
import type { LearningOptions } from './training-options.ts';

/** A run's parameters: what is trained on which data, as far as it was asked for. */
export function runParams(prepared: PreparedTable, options: LearningOptions): Tags {
  return {
    ...hyperparameterParams(options.hyperparameters ?? {}),
    algorithm: options.algorithm,
    target: prepared.target,
    task: prepared.task,
    rows: String(prepared.table.rowCount),
    columns: String(prepared.table.columns.size),
    test_size: String(options.testSize),
    cv_folds: String(options.folds),
    random_state: String(options.seed),
    ...decisionParams(prepared, options),
  };
}

/** Only those that were asked for. */
function decisionParams(
  { use: { groupColumn, timeColumn } }: PreparedTable,
  { calibration, threshold, positiveClass }: LearningOptions,
): Tags {
  return {
    ...(groupColumn !== undefined && { group_column: groupColumn }),
    ...(timeColumn !== undefined && { time_column: timeColumn }),
    ...(positiveClass !== undefined && { positive_class: positiveClass }),
    ...(calibration !== undefined && calibration !== 'none' && { calibration }),
    ...(threshold !== undefined && {
      threshold: typeof threshold === 'object' ? JSON.stringify(threshold) : String(threshold),
    }),
  };
}

/** Hyperparameters as a run's parameters: texts as they are, everything else as JSON. */
export function hyperparameterParams(hyperparameters: JsonObject): Tags {
  return Object.fromEntries(
    Object.entries(hyperparameters).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}
