import type { GrownTree } from '@gnu-mlops/model';

/** A tree under construction: nodes are added as leaves-to-be and filled in when decided. */
export interface TreeNodes {
  readonly count: number;
  /** @param cover weight of the rows that reach the node. @returns the new node. */
  add(cover: number): number;
  split(node: number, split: NodeSplit): void;
  /** Make `node` a leaf; its outputs are the last `outputCount` ones of `leafValues`. */
  close(node: number): void;
  /** Outputs of the leaves, in the order in which they were closed. */
  readonly leafValues: number[];
  finish(): GrownTree;
}

/** What a split node holds. */
export interface NodeSplit {
  readonly feature: number;
  readonly threshold: number;
  readonly missingLeft: number;
  readonly leftChild: number;
  readonly rightChild: number;
}

/** Start an empty tree. */
export function createTreeNodes(): TreeNodes {
  const splitFeature: number[] = [];
  const threshold: number[] = [];
  const leftChild: number[] = [];
  const rightChild: number[] = [];
  const missingLeft: number[] = [];
  const leafIndex: number[] = [];
  const leafValues: number[] = [];
  const cover: number[] = [];
  let leafCount = 0;

  return {
    leafValues,
    get count() {
      return cover.length;
    },
    add(weight) {
      splitFeature.push(-1);
      threshold.push(0);
      leftChild.push(cover.length);
      rightChild.push(cover.length);
      missingLeft.push(0);
      leafIndex.push(-1);
      return cover.push(weight) - 1;
    },
    split(node, split) {
      splitFeature[node] = split.feature;
      threshold[node] = split.threshold;
      leftChild[node] = split.leftChild;
      rightChild[node] = split.rightChild;
      missingLeft[node] = split.missingLeft;
    },
    close(node) {
      leafIndex[node] = leafCount++;
    },
    finish: () => ({
      splitFeature: Int32Array.from(splitFeature),
      threshold: Float64Array.from(threshold),
      leftChild: Int32Array.from(leftChild),
      rightChild: Int32Array.from(rightChild),
      missingLeft: Uint8Array.from(missingLeft),
      leafIndex: Int32Array.from(leafIndex),
      leafValues: Float64Array.from(leafValues),
      cover: Float64Array.from(cover),
    }),
  };
}
