import type { EncodedTarget } from './encode-target.ts';
import { measureCorrelation } from './measure-correlation.ts';

/**
 * How much better a column explains the target than chance, over the rows in which it has a value.
 *
 * @returns at least 0, Infinity for a perfect column; NaN for a constant one.
 * @see scikit-learn f_classif, f_regression.
 */
export function measureFScore(values: Float64Array, target: EncodedTarget): number {
  return target.task === 'classification'
    ? varianceRatio(values, target.labels, target.classes.length)
    : regressionRatio(values, target.values);
}

/** The variance between the classes' means over that within the classes. */
function varianceRatio(values: Float64Array, labels: Int32Array, classCount: number): number {
  // From any value, so that an offset costs no digits.
  const origin = values.find((value) => !Number.isNaN(value)) ?? 0;
  const counts = new Float64Array(classCount);
  const means = new Float64Array(classCount);
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    const label = labels[row]!;
    means[label]! += (values[row]! - origin - means[label]!) / ++counts[label]!;
  }
  const count = counts.reduce((sum, each) => sum + each, 0);
  const mean = means.reduce((sum, each, label) => sum + each * (counts[label]! / count), 0);
  const between = means.reduce((sum, each, label) => sum + counts[label]! * (each - mean) ** 2, 0);
  let within = 0;
  for (let row = 0; row < values.length; row++) {
    const distance = values[row]! - origin - means[labels[row]!]!;
    if (!Number.isNaN(distance)) within += distance * distance;
  }
  const present = counts.filter((each) => each > 0).length;
  return between / (present - 1) / (within / (count - present));
}

function regressionRatio(values: Float64Array, amounts: Float64Array): number {
  const squared = measureCorrelation(values, amounts) ** 2;
  const count = values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);
  return (squared / (1 - squared)) * (count - 2);
}
