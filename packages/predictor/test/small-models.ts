import { type Column, type Table, createTable } from '@gnu-mlops/core';
import type { Model } from '@gnu-mlops/model';
import { fitRecipe } from '@gnu-mlops/preprocess';

/** Four customers: tenure in months and contract. */
export const customers: Table = createTable([
  ['tenure', { kind: 'numeric', values: Float64Array.of(1, 2, 30, NaN) }],
  [
    'contract',
    { kind: 'categorical', codes: Int32Array.of(0, 0, 1, 1), dictionary: ['month', 'year'] },
  ],
]);

/**
 * A logistic model that can be followed by hand. Its log odds of the second class are
 * `tenure / 10 + bias`, plus 1 for the contract `month`; a missing tenure counts as 11.
 */
export function churnModel(
  options: { readonly bias?: number; readonly classes?: readonly [string, string] } = {},
): Model {
  const { bias = 0, classes = ['no', 'yes'] } = options;
  const recipe = fitRecipe(customers, {
    steps: [
      { kind: 'impute', columns: ['tenure'], strategy: 'mean' },
      { kind: 'one_hot', columns: ['contract'], unknown: 'ignore' },
    ],
  });
  return {
    task: 'classification',
    target: { name: 'churn', classes },
    signature: {
      inputs: recipe.inputs,
      outputs: [{ name: 'prediction', type: 'string', required: true }],
    },
    recipe,
    estimator: {
      kind: 'linear',
      outputCount: 1,
      coefficients: Float64Array.of(0.1, 1, 0),
      intercepts: Float64Array.of(bias),
      link: 'logistic',
    },
    provenance: provenance('logistic_regression'),
  };
}

/** A linear model: `2 * tenure + 5`. */
export function regressionModel(): Model {
  const tenure: Column = customers.columns.get('tenure')!;
  const recipe = fitRecipe(createTable([['tenure', tenure]]), {
    steps: [{ kind: 'impute', columns: ['tenure'], strategy: 'mean' }],
  });
  return {
    task: 'regression',
    target: { name: 'spend' },
    signature: {
      inputs: recipe.inputs,
      outputs: [{ name: 'prediction', type: 'double', required: true }],
    },
    recipe,
    estimator: {
      kind: 'linear',
      outputCount: 1,
      coefficients: Float64Array.of(2),
      intercepts: Float64Array.of(5),
      link: 'identity',
    },
    provenance: provenance('linear_regression'),
  };
}

function provenance(algorithm: string): Model['provenance'] {
  return {
    algorithm,
    hyperparameters: {},
    seed: 42,
    dataDigest: '00ff00ff00ff00ff',
    trainingRows: 4,
    versions: {},
    metrics: {},
  };
}
