import { createRandom } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { assembleForest } from '../../src/assemble-forest.ts';
import type { Ensemble, LinearEstimator, TreeEnsemble } from '../../src/estimator.ts';
import { createExplainer } from '../../src/explain/create-explainer.ts';
import { predictMatrix } from '../../src/predict-matrix.ts';
import { randomMatrix } from '../fixtures/random-matrix.ts';
import { randomTree } from '../fixtures/random-trees.ts';

const random = createRandom(31);
const featureCount = 4;

function forest(outputCount: number): TreeEnsemble {
  const shape = { featureCount, outputCount, depth: 3 };
  return assembleForest(
    Array.from({ length: 3 }, () => randomTree(random, shape)),
    { outputCount, aggregation: 'mean' },
  );
}

function vote(members: Ensemble['members'], weights: readonly number[]): Ensemble {
  const { outputCount } = members[0]!;
  const combination = { kind: 'mean', weights: Float64Array.from(weights) } as const;
  return { kind: 'ensemble', outputCount, members, combination, link: 'identity' };
}

describe('createExplainer of a vote', () => {
  it('is the weighted sum of the explanations of its forests', () => {
    const members = [forest(3), forest(3)];
    const matrix = randomMatrix(random, 20, featureCount);
    const whole = createExplainer(vote(members, [0.25, 0.75]))(matrix);
    const [first, second] = members.map((member) => createExplainer(member)(matrix));
    const mean = (a: Float64Array, b: Float64Array) =>
      a.map((value, i) => 0.25 * value + 0.75 * b[i]!);
    expect(whole.baseValues).toEqual(mean(first!.baseValues, second!.baseValues));
    expect(whole.contributions).toEqual(mean(first!.contributions, second!.contributions));
  });

  it('adds up to the output for trees and linear estimators of numbers together', () => {
    const linear: LinearEstimator = {
      kind: 'linear',
      outputCount: 1,
      coefficients: Float64Array.of(1, -2, 0.5, 3),
      intercepts: Float64Array.of(4),
      link: 'identity',
    };
    const ensemble = vote([forest(1), linear], [0.5, 0.5]);
    const drawn = randomMatrix(random, 30, featureCount);
    const columns = drawn.columns.map((column) =>
      column.map((value) => (Number.isFinite(value) ? value : 0)),
    );
    const matrix = { ...drawn, columns };
    const background = [0.5, 0.5, -1, 2];
    const { baseValues, contributions } = createExplainer(ensemble, { background })(matrix);
    predictMatrix(ensemble, matrix).forEach((output, row) => {
      const own = contributions.subarray(row * featureCount, (row + 1) * featureCount);
      expect(own.reduce((sum, value) => sum + value, baseValues[0]!)).toBeCloseTo(output, 10);
    });
  });
});
