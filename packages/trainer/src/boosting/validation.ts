import type { GrownTree } from '@gnu-mlops/model';
import { TrainingInputError } from '../errors.ts';
import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import type { BoostingSettings } from './boosting-settings.ts';
import { leafOfRow } from './leaf-of-row.ts';
import type { Objective, ObjectiveRows } from './objective.ts';
import { openStoppingMetric } from './stopping-metric.ts';

/** Rows that nothing is learned from, to stop by. */
export interface Validation extends ObjectiveRows {
  readonly matrix: FeatureMatrix;
}

/** What rows are scored by. */
export interface ValidatorOptions {
  readonly objective: Objective;
  readonly baseScore: Float64Array;
  readonly metric: BoostingSettings['stoppingMetric'];
}

/**
 * Make what adds a round's trees, one an output, to the validation rows' scores: gives their loss,
 * or what is not as good as it could be.
 *
 * @throws {TrainingInputError} on a round whose metric is not defined for these rows.
 */
export function createValidator(
  { matrix, targets, weights }: Validation,
  { objective, baseScore, metric }: ValidatorOptions,
): (trees: readonly GrownTree[]) => number {
  const { rowCount } = matrix;
  const { measure, isHigherBetter } = openStoppingMetric(objective, metric);
  const scores = new Float64Array(rowCount * baseScore.length);
  baseScore.forEach((score, k) => scores.fill(score, k * rowCount, (k + 1) * rowCount));
  return (trees) => {
    trees.forEach((tree, output) => {
      for (let row = 0; row < rowCount; row++) {
        const leaf = tree.leafIndex[leafOfRow(tree, matrix.columns, row)]!;
        scores[output * rowCount + row]! += tree.leafValues[leaf * trees.length + output]!;
      }
    });
    const measured = measure({ scores, rowCount }, { targets, weights });
    if (Number.isNaN(measured))
      throw new TrainingInputError('validation', undefinedMetric(rowCount));
    return isHigherBetter ? -measured : measured;
  };
}

function undefinedMetric(rowCount: number): string {
  return (
    `The metric to stop by is not defined for the ${rowCount} validation rows: an AUC needs rows of ` +
    'both classes. Give more of them, or stop by another metric.'
  );
}
