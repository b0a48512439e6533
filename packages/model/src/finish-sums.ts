import type { TreeEnsemble } from './estimator.ts';

/** Sums of leaves, and where the raw scores go that they become; offsets count numbers. */
export interface LeafSums {
  readonly sums: Float64Array;
  readonly from: number;
  readonly raw: Float64Array;
  readonly to: number;
  readonly rowCount: number;
}

/** Turn the sums of each row's leaves into raw scores, rows x outputs. */
export function finishSums(trees: TreeEnsemble, { sums, from, raw, to, rowCount }: LeafSums): void {
  const { outputCount, baseScore, aggregation } = trees;
  const divisor = aggregation === 'mean' ? trees.treeStarts.length - 1 : 1;
  for (let row = 0; row < rowCount; row++) {
    const start = row * outputCount;
    for (let k = 0; k < outputCount; k++) {
      raw[to + start + k] = sums[from + start + k]! / divisor + baseScore[k]!;
    }
  }
}
