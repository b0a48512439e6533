import { ModelInvalidError } from '../errors.ts';
import type { TreeEnsemble } from '../estimator.ts';

/**
 * The splits of an ensemble, leaves left out, with what does not depend on the row to explain. In a
 * tree every split comes after its parent; `parent`, `ancestor` and `childSplit` count from the
 * tree's first split, all else over all trees. Children stand in pairs: left at 2 * split, right at
 * 2 * split + 1, and a side is 0 or 1 likewise.
 *
 * The *share* of a child is the part of its parent's cover that went there. Splits on one path that
 * look at the same feature count as one: their shares multiply.
 */
export interface SplitTable {
  /** First split of each tree; length trees + 1. */
  readonly starts: Int32Array;
  /** The most features that one path of each tree looks at; 0 for a tree without splits. */
  readonly pathFeatures: Int32Array;
  /** The node of the ensemble. */
  readonly node: Int32Array;
  readonly feature: Int32Array;
  /** -1 for a root. */
  readonly parent: Int32Array;
  /** On which side of its parent a split is. */
  readonly side: Uint8Array;
  /** The nearest split above that looks at the same feature; -1 where none does. */
  readonly ancestor: Int32Array;
  /** On which side of its ancestor a split is. */
  readonly ancestorSide: Uint8Array;
  /** Product of the shares above that belong to the split's own feature; 1 where none do. */
  readonly shareAbove: Float64Array;
  /** -1 for a leaf. */
  readonly childSplit: Int32Array;
  /** Row of `leafValues`; -1 for a split. */
  readonly childLeaf: Int32Array;
  readonly childShare: Float64Array;
}

/**
 * Take the splits out of a checked ensemble. A split that no training row reached gives both sides
 * the same share.
 *
 * @throws {ModelInvalidError} when a tree's root has no cover, as in models of tools that keep none.
 */
export function createSplitTable(trees: TreeEnsemble): SplitTable {
  const { treeStarts, splitFeature, leftChild, rightChild, leafIndex } = trees;
  const treeCount = treeStarts.length - 1;
  const table = emptyTable(treeCount, splitFeature.filter((feature) => feature >= 0).length);
  const featuresAbove = new Int32Array(table.node.length);
  const waiting: { node: number; parent: number; side: number }[] = [];
  let split = 0;

  for (let tree = 0; tree < treeCount; tree++) {
    const start = split;
    const root = treeStarts[tree]!;
    if (splitFeature[root]! >= 0) waiting.push({ node: root, parent: -1, side: 0 });
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { node, parent, side } = next;
      table.node[split] = node;
      table.feature[split] = splitFeature[node]!;
      table.parent[split] = parent;
      table.side[split] = side;
      if (parent >= 0) table.childSplit[2 * (start + parent) + side] = split - start;
      const children = [leftChild[node]!, rightChild[node]!] as const;
      const leftShare = leftShareOf(trees, node, tree);
      table.childShare.set([leftShare, 1 - leftShare], 2 * split);
      table.childLeaf.set([leafIndex[children[0]]!, leafIndex[children[1]]!], 2 * split);
      linkAncestor(table, start, split);
      const isNew = table.ancestor[split]! < 0;
      const seen = (parent < 0 ? 0 : featuresAbove[start + parent]!) + Number(isNew);
      featuresAbove[split] = seen;
      table.pathFeatures[tree] = Math.max(table.pathFeatures[tree]!, seen);
      for (const childSide of [1, 0] as const) {
        const child = children[childSide];
        if (splitFeature[child]! < 0) continue;
        waiting.push({ node: child, parent: split - start, side: childSide });
      }
      split++;
    }
    table.starts[tree + 1] = split;
  }
  return table;
}

function emptyTable(treeCount: number, splitCount: number): SplitTable {
  return {
    starts: new Int32Array(treeCount + 1),
    pathFeatures: new Int32Array(treeCount),
    node: new Int32Array(splitCount),
    feature: new Int32Array(splitCount),
    parent: new Int32Array(splitCount),
    side: new Uint8Array(splitCount),
    ancestor: new Int32Array(splitCount).fill(-1),
    ancestorSide: new Uint8Array(splitCount),
    shareAbove: new Float64Array(splitCount).fill(1),
    childSplit: new Int32Array(2 * splitCount).fill(-1),
    childLeaf: new Int32Array(2 * splitCount),
    childShare: new Float64Array(2 * splitCount),
  };
}

/** Find the nearest split above with the same feature, and what share of it comes down here. */
function linkAncestor(table: SplitTable, start: number, split: number): void {
  let below = split;
  for (let above = table.parent[split]!; above >= 0; above = table.parent[below]!) {
    const at = start + above;
    if (table.feature[at] === table.feature[split]) {
      const side = table.side[below]!;
      table.ancestor[split] = above;
      table.ancestorSide[split] = side;
      table.shareAbove[split] = table.shareAbove[at]! * table.childShare[2 * at + side]!;
      return;
    }
    below = at;
  }
}

function leftShareOf(trees: TreeEnsemble, node: number, tree: number): number {
  const left = trees.cover[trees.leftChild[node]!]!;
  const total = left + trees.cover[trees.rightChild[node]!]!;
  if (total > 0) return left / total;
  if (node !== trees.treeStarts[tree]) return 0.5;
  throw new ModelInvalidError(
    'estimator.cover',
    `counts no training rows in tree ${tree}, and explanations weigh its branches by them`,
  );
}
