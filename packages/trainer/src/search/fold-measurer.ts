import { type JsonObject, metricValues } from '@gnu-mlops/core';
import type { Fold } from '@gnu-mlops/preprocess';
import type { FitContext } from '../fit-context.ts';
import { type LearningTask, learnFromRows, measureOutputs, scoreRows } from '../learning-task.ts';
import { type FoldOutcome, failureOf } from './fold-outcome.ts';

/** Fits hyperparameters to all folds but one and measures them on that one. */
export interface FoldMeasurer {
  measure(hyperparameters: JsonObject, fold: number): Promise<FoldOutcome>;
  close(): Promise<void>;
}

/** A task, and the rows of its rounds. Plain data: it can be sent to a thread. */
export interface FoldedTask {
  readonly task: LearningTask;
  readonly folds: readonly Fold[];
}

/** A measurer that works in the caller's thread. */
export function openFoldMeasurer({ task, folds }: FoldedTask, context: FitContext): FoldMeasurer {
  return {
    async measure(hyperparameters, fold) {
      const { train, test } = folds[fold]!;
      try {
        const tried = { ...task, hyperparameters: { ...task.hyperparameters, ...hyperparameters } };
        const learned = await learnFromRows(tried, train, context);
        return {
          metrics: metricValues(measureOutputs(tried, test, scoreRows(tried, learned, test))),
        };
      } catch (error) {
        return failureOf(error);
      }
    },
    close: () => Promise.resolve(),
  };
}
