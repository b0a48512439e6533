/** A tree whose cuts are still between bins: typed arrays, one entry a node where not said otherwise. */
export interface BinnedTree {
  /** -1 at a leaf. */
  readonly splitFeature: Int32Array;
  /** The last bin that goes left and the next used one; the latter may be `MISSING`. */
  readonly lastLeft: Uint8Array;
  readonly firstRight: Uint8Array;
  readonly leftChild: Int32Array;
  readonly rightChild: Int32Array;
  readonly missingLeft: Uint8Array;
  readonly leafIndex: Int32Array;
  /** Outputs a leaf. */
  readonly leafValues: Float64Array;
  readonly cover: Float64Array;
}

/** A tree under construction: nodes are added as leaves-to-be and filled in when decided. */
export interface TreeNodes {
  /** @param cover weight of the rows that reach the node. @returns the new node. */
  add(cover: number): number;
  split(node: number, split: NodeSplit): void;
  /** Make `node` a leaf; its outputs are the last ones of `leafValues`. */
  close(node: number): void;
  /** Outputs of the leaves, in the order in which they were closed. */
  readonly leafValues: number[];
  finish(): BinnedTree;
}

/** What a split node holds. */
export interface NodeSplit {
  readonly feature: number;
  readonly lastLeft: number;
  readonly firstRight: number;
  readonly missingLeft: number;
  readonly leftChild: number;
  readonly rightChild: number;
}

/** Start an empty tree. */
export function createTreeNodes(): TreeNodes {
  const splitFeature: number[] = [];
  const lastLeft: number[] = [];
  const firstRight: number[] = [];
  const leftChild: number[] = [];
  const rightChild: number[] = [];
  const missingLeft: number[] = [];
  const leafIndex: number[] = [];
  const leafValues: number[] = [];
  const cover: number[] = [];
  let leafCount = 0;

  return {
    leafValues,
    add(weight) {
      splitFeature.push(-1);
      lastLeft.push(0);
      firstRight.push(0);
      leftChild.push(cover.length);
      rightChild.push(cover.length);
      missingLeft.push(0);
      leafIndex.push(-1);
      return cover.push(weight) - 1;
    },
    split(node, split) {
      splitFeature[node] = split.feature;
      lastLeft[node] = split.lastLeft;
      firstRight[node] = split.firstRight;
      leftChild[node] = split.leftChild;
      rightChild[node] = split.rightChild;
      missingLeft[node] = split.missingLeft;
    },
    close(node) {
      leafIndex[node] = leafCount++;
    },
    finish: () => ({
      splitFeature: Int32Array.from(splitFeature),
      lastLeft: Uint8Array.from(lastLeft),
      firstRight: Uint8Array.from(firstRight),
      leftChild: Int32Array.from(leftChild),
      rightChild: Int32Array.from(rightChild),
      missingLeft: Uint8Array.from(missingLeft),
      leafIndex: Int32Array.from(leafIndex),
      leafValues: Float64Array.from(leafValues),
      cover: Float64Array.from(cover),
    }),
  };
}
