import type { GrownTree } from '@gnu-mlops/model';
import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import type { Objective, ObjectiveRows } from './objective.ts';
import { leafOfRow } from './leaf-of-row.ts';

/** Rows that nothing is learned from, to stop by. */
export interface Validation extends ObjectiveRows {
  readonly matrix: FeatureMatrix;
}

/** Make what adds a round's trees, one an output, to the validation rows' scores: gives their loss. */
export function createValidator(
  objective: Objective,
  { matrix, targets, weights }: Validation,
  baseScore: Float64Array,
): (trees: readonly GrownTree[]) => number {
  const { rowCount } = matrix;
  const scores = new Float64Array(rowCount * baseScore.length);
  baseScore.forEach((score, k) => scores.fill(score, k * rowCount, (k + 1) * rowCount));
  return (trees) => {
    trees.forEach((tree, output) => {
      for (let row = 0; row < rowCount; row++) {
        const leaf = tree.leafIndex[leafOfRow(tree, matrix.columns, row)]!;
        scores[output * rowCount + row]! += tree.leafValues[leaf * trees.length + output]!;
      }
    });
    return objective.measureLoss({ scores, rowCount }, { targets, weights });
  };
}
