import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import { describe, expect, it } from 'vitest';
import { assembleForest } from '../src/assemble-forest.ts';
import type { GrownTree } from '../src/grown-tree.ts';
import { scoreReference } from '../src/score-reference.ts';

function matrixOf(...columns: number[][]): FeatureMatrix {
  return {
    rowCount: columns[0]!.length,
    features: columns.map((_, i) => ({ name: `f${i}`, kind: 'numeric' })),
    columns: columns.map((column) => Float64Array.from(column)),
  };
}

/** f0 <= 1 ? low : f1 <= 5 ? middle : high; missing f0 goes left, missing f1 right. */
function twoSplits(low: number, middle: number, high: number): GrownTree {
  return {
    splitFeature: Int32Array.of(0, -1, 1, -1, -1),
    threshold: Float64Array.of(1, 0, 5, 0, 0),
    leftChild: Int32Array.of(1, 1, 3, 3, 4),
    rightChild: Int32Array.of(2, 1, 4, 3, 4),
    missingLeft: Uint8Array.of(1, 0, 0, 0, 0),
    leafIndex: Int32Array.of(-1, 0, -1, 1, 2),
    leafValues: Float64Array.of(low, middle, high),
    cover: Float64Array.of(9, 3, 6, 2, 4),
  };
}

describe('scoreReference', () => {
  const rows = matrixOf([1, 1.5, 2, NaN, 2], [0, 5, 5.5, 9, NaN]);

  it('sends a value at most the threshold left, and a missing one where the node says', () => {
    const forest = assembleForest([twoSplits(10, 20, 30)], { outputCount: 1, aggregation: 'sum' });
    expect([...scoreReference(forest, rows)]).toEqual([10, 20, 30, 10, 30]);
  });

  it('adds or averages the trees, then adds the base score', () => {
    const trees = [twoSplits(10, 20, 30), twoSplits(2, 4, 6)];
    const sum = assembleForest(trees, { outputCount: 1, aggregation: 'sum', baseScore: [100] });
    expect([...scoreReference(sum, rows)]).toEqual([112, 124, 136, 112, 136]);
    const mean = assembleForest(trees, { outputCount: 1, aggregation: 'mean', baseScore: [100] });
    expect([...scoreReference(mean, rows)]).toEqual([106, 112, 118, 106, 118]);
  });

  it('adds intercept and features for each output of a linear estimator', () => {
    const outputs = scoreReference(
      {
        kind: 'linear',
        outputCount: 2,
        coefficients: Float64Array.of(1, 2, 10, 20),
        intercepts: Float64Array.of(0.5, -0.5),
        link: 'identity',
      },
      matrixOf([1, 2], [3, 4]),
    );
    expect([...outputs]).toEqual([7.5, 69.5, 10.5, 99.5]);
  });

  it('gives two columns for a logistic estimator', () => {
    const outputs = scoreReference(
      {
        kind: 'linear',
        outputCount: 1,
        coefficients: Float64Array.of(1),
        intercepts: Float64Array.of(0),
        link: 'logistic',
      },
      matrixOf([0, NaN]),
    );
    expect([...outputs]).toEqual([0.5, 0.5, NaN, NaN]);
  });
});
