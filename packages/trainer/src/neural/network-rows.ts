import type { Link } from '@gnu-mlops/model';
import { weightedMean } from '../linear/linear-features.ts';
import { binaryUnit, largestMagnitude } from '../linear/objective.ts';
import type { TrainingTarget, WeightedRows } from '../training-set.ts';

/** Rows as a network learns them. */
export interface NetworkRows {
  readonly rowCount: number;
  /** Rows x features, row-major. */
  readonly features: Float64Array;
  /** Class codes, or standardised numbers. */
  readonly targets: Float64Array;
  readonly weights: Float64Array;
}

/** How numbers are standardised: (number - mean) / scale. */
export interface TargetScale {
  readonly mean: number;
  readonly scale: number;
}

/** What the network of a target looks like at its end. */
export interface NetworkOutput {
  readonly link: Link;
  readonly outputCount: number;
}

/** Two classes have one output, the log odds of the second; more have one each, numbers one. */
export function networkOutput(target: TrainingTarget): NetworkOutput {
  if (target.task === 'regression') return { link: 'identity', outputCount: 1 };
  const { classCount } = target;
  return classCount === 2
    ? { link: 'logistic', outputCount: 1 }
    : { link: 'softmax', outputCount: classCount };
}

/**
 * Mean and standard deviation of the numbers to learn, so that neither the penalty nor the steps
 * depend on their unit, however large or small it is. Classes stay as they are; a constant target
 * gets scale 1.
 */
export function targetScale({ target, weights }: WeightedRows): TargetScale {
  if (target.task === 'classification') return { mean: 0, scale: 1 };
  const mean = weightedMean(target.values, weights);
  const distances = target.values.map((value) => value - mean);
  const farthest = largestMagnitude(distances);
  if (farthest === 0) return { mean, scale: 1 };
  const unit = binaryUnit(farthest);
  const squares = distances.map((distance) => (distance / unit) * (distance / unit));
  return { mean, scale: unit * Math.sqrt(weightedMean(squares, weights)) };
}

/** Lay rows out one after the other. @param weights those of `rows`, or of its classes as well. */
export function layOutNetworkRows(
  { matrix, target }: Pick<WeightedRows, 'matrix' | 'target'>,
  weights: Float64Array,
  { mean, scale }: TargetScale,
): NetworkRows {
  const { columns, rowCount } = matrix;
  const features = new Float64Array(rowCount * columns.length);
  columns.forEach((column, feature) => {
    for (let row = 0; row < rowCount; row++)
      features[row * columns.length + feature] = column[row]!;
  });
  const targets =
    target.task === 'classification'
      ? Float64Array.from(target.labels)
      : target.values.map((value) => (value - mean) / scale);
  return { rowCount, features, targets, weights };
}
