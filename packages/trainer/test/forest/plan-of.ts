import type { ForestPlan } from '../../src/forest/forest-plan.ts';
import { matrixOf } from '../matrix-of.ts';

/** A forest of regression trees on the first column. */
export function planOf(
  columns: (number | null)[][],
  wanted: { readonly maxBins?: number; readonly weights?: number[]; readonly treeCount?: number },
): ForestPlan {
  const weights = Float64Array.from(wanted.weights ?? columns[0]!.map(() => 1));
  return {
    data: {
      matrix: matrixOf(columns),
      target: { task: 'regression', values: Float64Array.from(columns[0]!, (value) => value ?? 0) },
      weights,
    },
    bins: { maxBins: wanted.maxBins ?? 255, weights },
    options: {
      criterion: 'squared_error',
      maxDepth: Infinity,
      maxLeafNodes: Infinity,
      minSamplesSplit: 2,
      minSamplesLeaf: 1,
      featuresPerSplit: Math.ceil(columns.length / 2),
      sampling: 'bootstrap',
      seed: 1,
    },
    treeCount: wanted.treeCount ?? 1,
  };
}
