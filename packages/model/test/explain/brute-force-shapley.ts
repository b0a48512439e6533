import type { TreeEnsemble } from '../../src/estimator.ts';
import { goesLeft } from '../../src/score-reference.ts';

/**
 * The expected raw score of a row of which only the features in `known` (a bit set) are known: every
 * other split sends it both ways, by the cover of its children.
 */
export function expectedScore(
  trees: TreeEnsemble,
  row: readonly number[],
  known: number,
  output: number,
): number {
  const { splitFeature, leftChild, rightChild, cover, leafIndex, leafValues, outputCount } = trees;
  const below = (node: number): number => {
    const feature = splitFeature[node]!;
    if (feature < 0) return leafValues[leafIndex[node]! * outputCount + output]!;
    const left = leftChild[node]!;
    const right = rightChild[node]!;
    if ((known >> feature) & 1) return below(goesLeft(trees, node, row[feature]!) ? left : right);
    const total = cover[left]! + cover[right]!;
    if (total === 0) return (below(left) + below(right)) / 2;
    return (cover[left]! * below(left) + cover[right]! * below(right)) / total;
  };
  const roots = [...trees.treeStarts.slice(0, -1)];
  const sum = roots.reduce((total, root) => total + below(root), 0);
  const combined = trees.aggregation === 'mean' ? sum / roots.length : sum;
  return combined + trees.baseScore[output]!;
}

/** Shapley values straight from their definition, over all sets of features; one a feature. */
export function bruteForceShapley(
  trees: TreeEnsemble,
  row: readonly number[],
  output: number,
): number[] {
  const count = row.length;
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const values = Array.from({ length: 2 ** count }, (_, known) =>
    expectedScore(trees, row, known, output),
  );
  return row.map((_, feature) => {
    let sum = 0;
    values.forEach((value, known) => {
      if ((known >> feature) & 1) return;
      const size = known.toString(2).replaceAll('0', '').length;
      const weight = (factorial(size) * factorial(count - size - 1)) / factorial(count);
      sum += weight * (values[known | (1 << feature)]! - value);
    });
    return sum;
  });
}
