import { type ScoredOutcome, type ThresholdCounts, countByThreshold } from '@gnu-mlops/core';

/** What calling a row positive from some score on leads to. What is undefined is NaN. */
export interface ThresholdFigures {
  /** Rows (or their weight) that are positive and were called so. */
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
  readonly accuracy: number;
  /** NaN where no row is called positive. */
  readonly precision: number;
  /** Share of the positive rows that are called so. */
  readonly recall: number;
  /** Share of the negative rows that are called so. */
  readonly specificity: number;
  readonly f1: number;
  /** Recall + specificity - 1: how far the point lies above chance on the ROC curve. */
  readonly youden: number;
}

/**
 * Measure the decisions of a threshold: a row is called positive when it scores at least that much.
 *
 * @param threshold Infinity: no row is called positive.
 * @throws {MetricInputError} when lengths differ, a label is neither 0 nor 1, a score is not
 *   finite, or a weight is negative or not finite.
 */
export function measureAtThreshold(outcome: ScoredOutcome, threshold: number): ThresholdFigures {
  const counts = countByThreshold(outcome);
  return figuresAt(
    counts,
    counts.thresholds.findLastIndex((score) => score >= threshold),
  );
}

/**
 * The figures at one of the counted thresholds.
 *
 * @param index position in `counts.thresholds`; -1 = above all of them.
 */
export function figuresAt(counts: ThresholdCounts, index: number): ThresholdFigures {
  const positives = counts.truePositives.at(-1) ?? 0;
  const negatives = counts.falsePositives.at(-1) ?? 0;
  const truePositives = index < 0 ? 0 : counts.truePositives[index]!;
  const falsePositives = index < 0 ? 0 : counts.falsePositives[index]!;
  const trueNegatives = negatives - falsePositives;
  const recall = truePositives / positives;
  const specificity = trueNegatives / negatives;
  return {
    truePositives,
    falsePositives,
    trueNegatives,
    falseNegatives: positives - truePositives,
    accuracy: (truePositives + trueNegatives) / (positives + negatives),
    precision: truePositives / (truePositives + falsePositives),
    recall,
    specificity,
    f1: (2 * truePositives) / (truePositives + falsePositives + positives),
    youden: recall + specificity - 1,
  };
}
