import { type GrownTree, isInCategorySet } from '@gnu-mlops/model';

/** The leaf's node that a row of the matrix comes to. */
export function leafOfRow(tree: GrownTree, columns: readonly Float64Array[], row: number): number {
  const { categorySets: sets } = tree;
  let node = 0;
  for (let feature = tree.splitFeature[0]!; feature >= 0; feature = tree.splitFeature[node]!) {
    const value = columns[feature]![row]!;
    const set = sets?.setOf[node] ?? -1;
    let goesLeft = tree.missingLeft[node] === 1;
    if (sets !== undefined && set >= 0) goesLeft = isInCategorySet(sets, set, value);
    else if (value === value) goesLeft = value <= tree.threshold[node]!;
    node = goesLeft ? tree.leftChild[node]! : tree.rightChild[node]!;
  }
  return node;
}
