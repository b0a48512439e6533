/**
 * Feature importances of a forest: each tree's gains as shares of its own total, averaged over the
 * trees that split at all.
 *
 * @param gains one array of length features a tree.
 * @returns length features, sum 1; all zeros when no tree splits.
 * @see scikit-learn feature_importances_
 */
export function meanImportances(gains: readonly Float64Array[]): Float64Array {
  const importances = new Float64Array(gains[0]?.length ?? 0);
  for (const treeGains of gains) {
    const total = sumOf(treeGains);
    if (total === 0) continue;
    for (let feature = 0; feature < importances.length; feature++) {
      importances[feature]! += treeGains[feature]! / total;
    }
  }
  const total = sumOf(importances);
  return total === 0 ? importances : importances.map((importance) => importance / total);
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
