import type { GrownTree } from '../grown-tree.ts';

/**
 * A balanced tree over one feature that says between which borders a value lies: 0 up to the first
 * border, 1 up to the second, ..., `borders.length` above the last.
 *
 * @param borders ascending.
 */
export function createIntervalTree(borders: readonly number[]): GrownTree {
  const nodeCount = 2 * borders.length + 1;
  const tree = {
    splitFeature: new Int32Array(nodeCount).fill(-1),
    threshold: new Float64Array(nodeCount),
    leftChild: new Int32Array(nodeCount),
    rightChild: new Int32Array(nodeCount),
    missingLeft: new Uint8Array(nodeCount),
    leafIndex: new Int32Array(nodeCount).fill(-1),
    leafValues: Float64Array.from({ length: borders.length + 1 }, (_, interval) => interval),
    cover: new Float64Array(nodeCount),
  };
  let next = 0;
  function grow(first: number, last: number): number {
    const node = next++;
    if (first === last) {
      tree.leafIndex[node] = first;
      return node;
    }
    const middle = (first + last) >> 1;
    tree.splitFeature[node] = 0;
    tree.threshold[node] = borders[middle]!;
    tree.leftChild[node] = grow(first, middle);
    tree.rightChild[node] = grow(middle + 1, last);
    return node;
  }
  grow(0, borders.length);
  return tree;
}
