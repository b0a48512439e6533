import { describe, expect, it } from 'vitest';
import { binFeatures } from '../../src/forest/binned-matrix.ts';
import type { ForestPlan } from '../../src/forest/forest-plan.ts';
import { chooseThreadCount } from '../../src/forest/thread-count.ts';
import type { ThreadHost } from '../../src/forest/thread-host.ts';
import { matrixOf } from '../matrix-of.ts';

const host: ThreadHost = {
  availableThreads: () => 8,
  startWorker: () => {
    throw new Error('not to be started');
  },
};

function planOf(rowCount: number, treeCount: number): ForestPlan {
  const weights = new Float64Array(rowCount).fill(1);
  return {
    data: {
      matrix: binFeatures(matrixOf([weights]), { maxBins: 255, weights }),
      target: { task: 'regression', values: weights },
      weights,
    },
    options: {
      criterion: 'squared_error',
      maxDepth: Infinity,
      maxLeafNodes: Infinity,
      minSamplesSplit: 2,
      minSamplesLeaf: 1,
      featuresPerSplit: 20,
      sampling: 'bootstrap',
      seed: 1,
    },
    treeCount,
  };
}

describe('chooseThreadCount', () => {
  it('stays on one thread for little work and takes all there are for much', () => {
    expect(chooseThreadCount(planOf(1000, 100), host, undefined)).toBe(1);
    expect(chooseThreadCount(planOf(100_000, 100), host, undefined)).toBe(8);
  });

  it('does what was asked for, but starts no thread without a tree', () => {
    expect(chooseThreadCount(planOf(10, 100), host, 3)).toBe(3);
    expect(chooseThreadCount(planOf(10, 2), host, 3)).toBe(2);
    expect(chooseThreadCount(planOf(100_000, 100), host, 1)).toBe(1);
  });
});
