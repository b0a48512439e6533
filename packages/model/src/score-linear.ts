import type { BlockScorer } from './block-scorer.ts';
import type { LinearEstimator } from './estimator.ts';

/**
 * Prepare the raw scores (before the link) of a checked linear estimator: intercept plus the
 * features in order, as `scoreReference` adds them, but column by column.
 */
export function createLinearScorer(linear: LinearEstimator): BlockScorer {
  const { outputCount, coefficients, intercepts } = linear;
  return ({ columns, firstRow, rowCount }, raw) => {
    for (let k = 0; k < outputCount; k++) {
      for (let row = 0; row < rowCount; row++) raw[row * outputCount + k] = intercepts[k]!;
      for (let feature = 0; feature < columns.length; feature++) {
        const column = columns[feature]!;
        const coefficient = coefficients[k * columns.length + feature]!;
        for (let row = 0; row < rowCount; row++) {
          raw[row * outputCount + k]! += column[firstRow + row]! * coefficient;
        }
      }
    }
  };
}
