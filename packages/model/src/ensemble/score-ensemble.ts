import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import type { Ensemble, SingleEstimator } from '../estimator.ts';
import { outputWidth } from '../output-width.ts';
import { type MemberOutputs, stackedFeatures } from './stacked-features.ts';

/** Scores matrices with one estimator, after the link. */
type Score = (matrix: FeatureMatrix) => Float64Array;

/**
 * Prepare the outputs of a checked ensemble: rows x outputCount, row-major.
 *
 * @param prepare makes the scorer of a member, or of the final estimator.
 */
export function createEnsembleScorer(
  { members, combination, outputCount }: Ensemble,
  prepare: (estimator: SingleEstimator) => Score,
): Score {
  const scorers = members.map((member) => ({ score: prepare(member), width: outputWidth(member) }));
  const scoreMembers = (matrix: FeatureMatrix): MemberOutputs[] =>
    scorers.map(({ score, width }) => ({ outputs: score(matrix), width }));

  if (combination.kind === 'mean') {
    const { weights } = combination;
    return (matrix) => {
      const mean = new Float64Array(matrix.rowCount * outputCount);
      scoreMembers(matrix).forEach(({ outputs }, member) => {
        for (let at = 0; at < mean.length; at++) mean[at]! += weights[member]! * outputs[at]!;
      });
      return mean;
    };
  }
  const { passthrough } = combination;
  const scoreStack = prepare(combination.final);
  return (matrix) =>
    scoreStack(
      stackedFeatures(scoreMembers(matrix), matrix.rowCount, passthrough ? matrix : undefined),
    );
}
