/**
 * The Matthews correlation between actual and predicted classes, for two classes or more.
 *
 * @param confusionMatrix rows are actual classes, columns predicted ones.
 * @returns in [-1, 1]: 1 is perfect, 0 is as good as chance; NaN when only one class occurred or
 *   only one was predicted, for then nothing can correlate.
 * @see scikit-learn matthews_corrcoef (which has 0 there); J. Gorodkin, Comparing two K-category
 *   assignments by a K-category correlation coefficient, 2004.
 */
export function measureMatthewsCorrelation(
  confusionMatrix: readonly (readonly number[])[],
): number {
  let right = 0;
  let total = 0;
  let chance = 0;
  let actualSquares = 0;
  let predictedSquares = 0;
  for (const [code, counts] of confusionMatrix.entries()) {
    let actual = 0;
    let predicted = 0;
    for (const [other, count] of counts.entries()) {
      actual += count;
      predicted += confusionMatrix[other]![code]!;
    }
    right += counts[code]!;
    total += actual;
    chance += actual * predicted;
    actualSquares += actual * actual;
    predictedSquares += predicted * predicted;
  }
  const spread = (total * total - actualSquares) * (total * total - predictedSquares);
  return spread === 0 ? NaN : (right * total - chance) / Math.sqrt(spread);
}
