import { type ScoredOutcome, countByThreshold } from '@gnu-mlops/core';
import { TrainingInputError } from '../errors.ts';
import { type ThresholdCriterion, openCriterion } from './threshold-criterion.ts';
import { type ThresholdFigures, figuresAt } from './threshold-figures.ts';

/** Scored rows, and what the threshold shall be best at. */
export interface ThresholdRequest extends ScoredOutcome {
  readonly by: ThresholdCriterion;
}

/** The best threshold, and how the others would do. */
export interface ThresholdChoice {
  /**
   * Call a row positive when it scores at least this. One of the scores; Infinity where calling no
   * row positive is best, as a cost may have it.
   */
  readonly threshold: number;
  /** The criterion there; for costs the mean cost of a row. */
  readonly value: number;
  readonly figures: ThresholdFigures;
  /** The criterion at every threshold: Infinity, then the distinct scores, descending. */
  readonly curve: { readonly thresholds: Float64Array; readonly values: Float64Array };
}

/**
 * Choose the score from which on a row is called positive: the one with the best criterion, the
 * highest of equals.
 *
 * Choose it on rows that the model has not learned from, and measure it on yet others
 * ({@link measureAtThreshold}): the figures here are those of the rows that it was chosen on.
 *
 * @throws {TrainingInputError} when no row is positive or none is negative.
 * @throws {TrainingOptionError} when the criterion is unknown or a cost is negative.
 * @throws {MetricInputError} when lengths differ, a label is neither 0 nor 1, a score is not
 *   finite, or a weight is negative or not finite.
 */
export function chooseThreshold({ by, ...outcome }: ThresholdRequest): ThresholdChoice {
  const goal = openCriterion(by);
  const counts = countByThreshold(outcome);
  for (const [side, rows] of [
    ['positive', counts.truePositives.at(-1)],
    ['negative', counts.falsePositives.at(-1)],
  ] as const) {
    if (rows === undefined || rows === 0) {
      throw new TrainingInputError(
        'actual',
        `A threshold is chosen between positive and negative rows, and no row is ${side}. Take ` +
          'more rows, or split them by class.',
      );
    }
  }
  const thresholds = new Float64Array(counts.thresholds.length + 1);
  thresholds[0] = Infinity;
  thresholds.set(counts.thresholds, 1);
  const values = new Float64Array(thresholds.length);
  const sign = goal.better === 'higher' ? 1 : -1;
  let best = 0;
  for (let i = 0; i < values.length; i++) {
    values[i] = goal.valueOf(figuresAt(counts, i - 1));
    if (sign * values[i]! > sign * values[best]!) best = i;
  }
  return {
    threshold: thresholds[best]!,
    value: values[best]!,
    figures: figuresAt(counts, best - 1),
    curve: { thresholds, values },
  };
}
