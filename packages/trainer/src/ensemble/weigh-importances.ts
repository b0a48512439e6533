/** Importances of the same features, and how much they count. */
export interface WeighedImportances {
  readonly importances: Float64Array;
  readonly weight: number;
}

/** The weighted sum, as shares of its total; all zeros where nothing was of use to anyone. */
export function weighImportances(
  parts: readonly WeighedImportances[],
  featureCount: number,
): Float64Array {
  const sums = new Float64Array(featureCount);
  for (const { importances, weight } of parts) {
    for (let f = 0; f < featureCount; f++) sums[f]! += weight * importances[f]!;
  }
  const total = sums.reduce((sum, share) => sum + share, 0);
  return total === 0 ? sums : sums.map((share) => share / total);
}
