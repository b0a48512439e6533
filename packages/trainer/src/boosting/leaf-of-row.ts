import type { GrownTree } from '@gnu-mlops/model';

/** The leaf's node that a row of the matrix comes to. */
export function leafOfRow(tree: GrownTree, columns: readonly Float64Array[], row: number): number {
  let node = 0;
  for (let feature = tree.splitFeature[0]!; feature >= 0; feature = tree.splitFeature[node]!) {
    const value = columns[feature]![row]!;
    const goesLeft =
      value === value ? value <= tree.threshold[node]! : tree.missingLeft[node] === 1;
    node = goesLeft ? tree.leftChild[node]! : tree.rightChild[node]!;
  }
  return node;
}
