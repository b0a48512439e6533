import { type Table, createColumnBuilder, createTable } from '@gnu-mlops/core';
import { fitRecipe } from '@gnu-mlops/preprocess';
import type { Model } from '../../src/model.ts';
import { rawLinear, tinyForest } from '../fixtures/tiny-models.ts';

/** Eight rows: x decides `big`, the noise does not; `amount` is 3 x. */
export function thresholdTable(): Table {
  const builders = [
    createColumnBuilder({ name: 'x', type: 'double' }),
    createColumnBuilder({ name: 'noise', type: 'string' }),
    createColumnBuilder({ name: 'big', type: 'string' }),
    createColumnBuilder({ name: 'amount', type: 'double' }),
  ] as const;
  for (let x = 0; x < 8; x++) {
    const cells = [x, ['p', 'q', 'q', null][x % 4], x > 3 ? 'yes' : 'no', 3 * x];
    builders.forEach((builder, i) => builder.appendValue(cells[i]));
  }
  return createTable(
    builders.map((builder, i) => [['x', 'noise', 'big', 'amount'][i]!, builder.finish()] as const),
  );
}

const recipe = () =>
  fitRecipe(thresholdTable(), {
    steps: [
      { kind: 'drop', columns: ['big', 'amount'] },
      { kind: 'one_hot', columns: ['noise'] },
    ],
  });

/** Says 0.8 yes where x is above 3.5, else 0.2. */
export function thresholdModel(): Model {
  const steps = recipe();
  return {
    ...tinyForest(),
    target: { name: 'big', classes: ['no', 'yes'] },
    signature: { inputs: steps.inputs, outputs: [] },
    recipe: steps,
    estimator: {
      kind: 'tree_ensemble',
      outputCount: 2,
      treeStarts: Int32Array.of(0, 3),
      splitFeature: Int32Array.of(0, -1, -1),
      threshold: Float64Array.of(3.5, 0, 0),
      leftChild: Int32Array.of(1, 1, 2),
      rightChild: Int32Array.of(2, 1, 2),
      missingLeft: new Uint8Array(3),
      leafIndex: Int32Array.of(-1, 0, 1),
      leafValues: Float64Array.of(0.8, 0.2, 0.2, 0.8),
      cover: Float64Array.of(8, 4, 4),
      aggregation: 'mean',
      baseScore: new Float64Array(2),
      link: 'identity',
    },
  };
}

/** Says 3 x + 10 for noise p. */
export function amountModel(): Model {
  const steps = recipe();
  return {
    ...rawLinear(),
    target: { name: 'amount' },
    signature: { inputs: steps.inputs, outputs: [] },
    recipe: steps,
    estimator: {
      kind: 'linear',
      outputCount: 1,
      coefficients: Float64Array.of(3, 10, 0, 0),
      intercepts: Float64Array.of(0),
      link: 'identity',
    },
  };
}
