import { ExplainUnsupportedError } from '../errors.ts';
import type { Ensemble, SingleEstimator } from '../estimator.ts';
import type { BlockExplainer } from './block-explainer.ts';

/**
 * The exact contributions to a weighted mean of estimators: the weighted mean of theirs, where the
 * mean is taken of the very scores that they explain.
 *
 * @param explain the contributions to the scores of a member.
 * @throws {ExplainUnsupportedError} for a stack, and where a member's link stands between the scores
 *   that it explains and the outputs that are averaged.
 */
export function createEnsembleExplanations(
  { members, combination, outputCount }: Ensemble,
  explain: (member: SingleEstimator) => BlockExplainer,
): BlockExplainer {
  if (combination.kind === 'stack') {
    throw new ExplainUnsupportedError('its final estimator reads what other estimators say');
  }
  const { weights } = combination;
  const explainers = members.map((member, m) => {
    if (member.link === 'identity') return explain(member);
    throw new ExplainUnsupportedError(
      `it averages the outputs of its members, and member ${m} has exact contributions only to its ` +
        `scores before the ${member.link} link`,
    );
  });
  const baseValues = new Float64Array(outputCount);
  explainers.forEach((explainer, m) =>
    explainer.baseValues.forEach((value, k) => (baseValues[k]! += weights[m]! * value)),
  );
  return {
    baseValues,
    explain(rows) {
      explainers.forEach((explainer, m) => {
        const contributions = new Float64Array(rows.contributions.length);
        explainer.explain({ ...rows, contributions });
        for (let at = 0; at < contributions.length; at++) {
          rows.contributions[at]! += weights[m]! * contributions[at]!;
        }
      });
    },
  };
}
