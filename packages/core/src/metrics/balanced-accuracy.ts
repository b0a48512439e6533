/**
 * The mean over the classes of the share that was recognised, however many rows each has. Classes
 * that never occurred are left out.
 *
 * @param confusionMatrix rows are actual classes, columns predicted ones.
 * @returns in [0, 1], where always naming one class gives 1 / classes; NaN for no rows.
 * @see scikit-learn balanced_accuracy_score.
 */
export function measureBalancedAccuracy(confusionMatrix: readonly (readonly number[])[]): number {
  let sum = 0;
  let occurring = 0;
  for (const [code, counts] of confusionMatrix.entries()) {
    const support = counts.reduce((total, count) => total + count, 0);
    if (support === 0) continue;
    sum += counts[code]! / support;
    occurring++;
  }
  return sum / occurring;
}
