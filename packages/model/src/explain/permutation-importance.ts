import {
  type MetricName,
  type Table,
  columnNamed,
  createRandom,
  createTable,
  isHigherBetter,
  shuffle,
  takeCells,
} from '@gnu-mlops/core';
import { ExplainOptionError } from '../errors.ts';
import type { Model } from '../model.ts';
import { createScorer } from '../predict-table.ts';
import { createMeasure } from './measure-table.ts';

/** Settings of {@link permutationImportance}. */
export interface PermutationOptions {
  /** What to measure; default `roc_auc` or `r2`, by the model's task. */
  readonly metric?: MetricName;
  /** How often each column is shuffled, at least 1; default 5. */
  readonly repeats?: number;
  readonly seed: number;
}

/** How much worse a model gets when it cannot use a column. */
export interface PermutationImportance {
  readonly column: string;
  /** Mean loss of the metric, in its own unit; positive = the column is of use. */
  readonly importance: number;
  /** Standard deviation of the losses (the variance divides by their number). */
  readonly deviation: number;
  /** One a repeat. */
  readonly losses: readonly number[];
}

/** What shuffling did to a model. */
export interface PermutationReport {
  readonly metric: MetricName;
  /** The metric with all columns as they are. */
  readonly baseline: number;
  /** One a raw column that the model reads, the most important first. */
  readonly columns: readonly PermutationImportance[];
}

/**
 * Shuffle one raw column at a time and see how much worse the model predicts. Every shuffle has its
 * own random numbers, by seed, column and repeat.
 *
 * @param table the model's inputs and its target; rows that it was not trained on say the most.
 * @throws {ColumnNotFoundError} when the target or an input is not there.
 * @throws {TargetMissingError} when target cells are missing.
 * @throws {ExplainOptionError} when a setting makes no sense for the model or the table.
 * @see scikit-learn permutation_importance, over raw columns instead of features.
 */
export function permutationImportance(
  model: Model,
  table: Table,
  options: PermutationOptions,
): PermutationReport {
  const { metric = model.task === 'regression' ? 'r2' : 'roc_auc', repeats = 5, seed } = options;
  if (!(Number.isSafeInteger(repeats) && repeats >= 1)) {
    throw new ExplainOptionError('repeats', `is ${repeats}, not a count of at least 1`);
  }
  const score = createScorer(model);
  const measure = createMeasure(model, table, metric);
  const baseline = measure(score(table));
  const sign = isHigherBetter(metric) ? 1 : -1;

  const columns = model.recipe.inputs.map(({ name }, at): PermutationImportance => {
    const column = columnNamed(table, name);
    const losses = Array.from({ length: repeats }, (_, repeat) => {
      const rows = Int32Array.from({ length: table.rowCount }, (__, row) => row);
      const shuffled = takeCells(column, shuffle(rows, createRandom(seed, at, repeat)));
      const changed = createTable(new Map(table.columns).set(name, shuffled), table.rowCount);
      return sign * (baseline - measure(score(changed)));
    });
    const importance = losses.reduce((sum, loss) => sum + loss, 0) / repeats;
    const squares = losses.reduce((sum, loss) => sum + (loss - importance) ** 2, 0);
    return { column: name, importance, deviation: Math.sqrt(squares / repeats), losses };
  });
  return { metric, baseline, columns: columns.sort((a, b) => b.importance - a.importance) };
}
