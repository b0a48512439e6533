import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import { applyLink } from './apply-link.ts';
import type { BlockScorer } from './block-scorer.ts';
import { checkEstimator } from './check-estimator.ts';
import { takesFeatureCount } from './ensemble/needs-every-feature.ts';
import { createEnsembleScorer } from './ensemble/score-ensemble.ts';
import { FeatureCountError } from './errors.ts';
import type { Estimator, SingleEstimator } from './estimator.ts';
import { createNetworkScorer } from './neural/score-network.ts';
import { outputWidth } from './output-width.ts';
import { createLinearScorer } from './score-linear.ts';
import { createTreeScorer } from './score-trees.ts';

/** Scores matrices with one estimator: rowCount x {@link outputWidth} numbers, row-major. */
export type MatrixScorer = (matrix: FeatureMatrix) => Float64Array;

/** Rows that are scored before the link is applied to them. */
const BLOCK_ROWS = 1024;

/**
 * Prepare an estimator for many matrices, or for one row at a time.
 *
 * @throws {ModelInvalidError} when the estimator's arrays do not fit together.
 */
export function createMatrixScorer(estimator: Estimator): MatrixScorer {
  const needed = checkEstimator(estimator);
  const score =
    estimator.kind === 'ensemble'
      ? createEnsembleScorer(estimator, createSingleScorer)
      : createSingleScorer(estimator);
  return (matrix) => {
    const found = matrix.columns.length;
    if (!takesFeatureCount(estimator, { needed, found })) {
      throw new FeatureCountError(found, needed);
    }
    return score(matrix);
  };
}

/** @param estimator checked; its matrices have the features that it needs. */
function createSingleScorer(estimator: SingleEstimator): MatrixScorer {
  const { link, outputCount: rawCount } = estimator;
  const width = outputWidth(estimator);
  const scoreBlock = createBlockScorer(estimator);
  let raw = new Float64Array(0);

  return ({ columns, rowCount }) => {
    const out = new Float64Array(rowCount * width);
    for (let firstRow = 0; firstRow < rowCount; firstRow += BLOCK_ROWS) {
      const blockRows = Math.min(BLOCK_ROWS, rowCount - firstRow);
      if (raw.length < blockRows * rawCount) raw = new Float64Array(blockRows * rawCount);
      scoreBlock({ columns, firstRow, rowCount: blockRows }, raw);
      for (let row = 0; row < blockRows; row++) {
        const outStart = (firstRow + row) * width;
        applyLink(link, { raw, rawStart: row * rawCount, rawCount, out, outStart });
      }
    }
    return out;
  };
}

function createBlockScorer(estimator: SingleEstimator): BlockScorer {
  switch (estimator.kind) {
    case 'tree_ensemble':
      return createTreeScorer(estimator);
    case 'linear':
      return createLinearScorer(estimator);
    case 'neural_network':
      return createNetworkScorer(estimator);
  }
}

/**
 * Score a matrix; for many matrices, keep a scorer from {@link createMatrixScorer} instead. The
 * answers are the bits of {@link scoreReference}.
 *
 * @returns rowCount x {@link outputWidth}, row-major, after the link; a binary logistic model gives
 * the probabilities of both classes. NaN where an estimator that adds features up meets a missing value.
 * @throws {ModelInvalidError} when the estimator's arrays do not fit together.
 * @throws {FeatureCountError} when the matrix has other features than the estimator needs.
 */
export function predictMatrix(estimator: Estimator, matrix: FeatureMatrix): Float64Array {
  return createMatrixScorer(estimator)(matrix);
}
