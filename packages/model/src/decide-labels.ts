import { mostProbableClass } from '@gnu-mlops/core';
import type { DecisionThreshold } from './decision-threshold.ts';

/**
 * The predicted class of each row: by the threshold where there is one, else the most probable, the
 * first of equals.
 *
 * @param probabilities rows x classes, row-major.
 * @returns codes into `classes`, one a row.
 */
export function decideLabels(
  probabilities: Float64Array,
  classes: readonly string[],
  threshold: DecisionThreshold | undefined,
): Int32Array {
  if (threshold === undefined) return mostProbableClass(probabilities, classes.length);
  const positive = classes.indexOf(threshold.positiveClass);
  const labels = new Int32Array(probabilities.length / 2);
  for (let row = 0; row < labels.length; row++) {
    const isPositive = probabilities[row * 2 + positive]! >= threshold.value;
    labels[row] = isPositive ? positive : 1 - positive;
  }
  return labels;
}
