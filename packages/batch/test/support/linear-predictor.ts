import { type RowPredictor, createPredictor } from '@gnu-mlops/predictor';

/** A model of one number `x` that any thread can score with: x / 3, or log odds of `high` = x - 5. */
export function linearPredictor(task: 'classification' | 'regression'): RowPredictor {
  const isClass = task === 'classification';
  const inputs = [{ name: 'x', type: 'double', required: true }] as const;
  return createPredictor({
    task,
    target: isClass ? { name: 'y', classes: ['low', 'high'] } : { name: 'y' },
    signature: {
      inputs,
      outputs: [{ name: 'prediction', type: isClass ? 'string' : 'double', required: true }],
    },
    recipe: {
      version: 1,
      inputs,
      steps: [],
      features: [{ name: 'x', kind: 'numeric' }],
      dropped: [],
    },
    estimator: {
      kind: 'linear',
      outputCount: 1,
      coefficients: Float64Array.of(isClass ? 1 : 1 / 3),
      intercepts: Float64Array.of(isClass ? -5 : 0),
      link: isClass ? 'logistic' : 'identity',
    },
    provenance: {
      algorithm: isClass ? 'logistic_regression' : 'linear_regression',
      hyperparameters: {},
      seed: 42,
      dataDigest: '0123456789abcdef',
      trainingRows: 3,
      versions: {},
      metrics: {},
    },
  }).snapshot();
}
