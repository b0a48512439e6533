import type { WeightOptions } from './metric-weights.ts';

/**
 * Count how often each class was predicted for each actual class.
 *
 * @param actual class codes in [0, classCount), one a row.
 * @param predicted class codes, as long as `actual`.
 * @returns classCount x classCount; rows are actual classes, columns predicted ones. With weights:
 *   their sums.
 */
export function measureConfusionMatrix(
  actual: Int32Array,
  predicted: Int32Array,
  classCount: number,
  { weights }: WeightOptions = {},
): number[][] {
  const counts = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  for (let row = 0; row < actual.length; row++) {
    counts[actual[row]!]![predicted[row]!]! += weights === undefined ? 1 : weights[row]!;
  }
  return counts;
}
