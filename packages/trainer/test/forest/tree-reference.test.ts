import { describe, expect, it } from 'vitest';
import type { TreeEnsemble } from '@gnu-mlops/model';
import { fitAlgorithm } from '../../src/fit-algorithm.ts';
import type { TrainingTarget } from '../../src/training-set.ts';
import { readScikitLearnReference } from '../fixtures/scikit-learn.ts';
import { matrixOf } from '../matrix-of.ts';
import { scoreForest } from './score-forest.ts';

const { trees } = readScikitLearnReference();
const classes: TrainingTarget = {
  task: 'classification',
  labels: Int32Array.from(trees.labels),
  classCount: 3,
};
const numbers: TrainingTarget = { task: 'regression', values: Float64Array.from(trees.values) };

describe('one tree on all rows and features', () => {
  for (const { data, hyperparameters, ...expected } of trees.cases) {
    it(`equals scikit-learn's on ${data} data with ${JSON.stringify(hyperparameters)}`, async () => {
      const matrix = matrixOf(trees.features[data]);
      const fit = await fitAlgorithm({
        algorithm: 'random_forest',
        hyperparameters: {
          n_estimators: 1,
          bootstrap: false,
          max_features: null,
          max_depth: null,
          ...hyperparameters,
        },
        matrix,
        target: hyperparameters['criterion'] === 'squared_error' ? numbers : classes,
        weights: Float64Array.from(trees.weights),
        seed: 1,
      });
      const forest = fit.estimator as TreeEnsemble;
      expect(forest.leafIndex.filter((leaf) => leaf >= 0).length).toBe(expected.leaves);
      const outputs = scoreForest(forest, matrix);
      const furthest = outputs.reduce(
        (most, output, i) => Math.max(most, Math.abs(output - expected.outputs[i]!)),
        0,
      );
      expect(furthest).toBeLessThan(1e-9);
      fit.importances.forEach((importance, feature) =>
        expect(importance).toBeCloseTo(expected.importances[feature]!, 9),
      );
    });
  }
});
