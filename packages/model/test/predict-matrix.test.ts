import { createRandom } from '@gnu-mlops/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleForest } from '../src/assemble-forest.ts';
import { FeatureCountError, ModelInvalidError } from '../src/errors.ts';
import type { Estimator, Link, TreeEnsemble } from '../src/estimator.ts';
import { outputWidth } from '../src/output-width.ts';
import { createMatrixScorer, predictMatrix } from '../src/predict-matrix.ts';
import { scoreReference } from '../src/score-reference.ts';
import { drawNetwork } from './fixtures/draw-network.ts';
import { randomMatrix } from './fixtures/random-matrix.ts';
import { randomTree } from './fixtures/random-trees.ts';

function bitsOf(values: Float64Array): BigUint64Array {
  return new BigUint64Array(values.buffer, values.byteOffset, values.length);
}

interface Case {
  readonly seed: number;
  readonly rowCount: number;
  readonly featureCount: number;
  readonly outputCount: number;
}

const anyCase = fc.record({
  seed: fc.nat(),
  rowCount: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 10, max: 1200 })),
  featureCount: fc.integer({ min: 1, max: 40 }),
  outputCount: fc.integer({ min: 1, max: 5 }),
});

function anyLink(seed: number, outputCount: number): Link {
  if (seed % 5 === 0) return 'exponential';
  return seed % 2 === 0 ? 'identity' : outputCount === 1 ? 'logistic' : 'softmax';
}

function randomForest({ seed, featureCount, outputCount }: Case): TreeEnsemble {
  const random = createRandom(seed, 1);
  const depth = random.nextInt(8);
  const trees = Array.from({ length: 1 + random.nextInt(12) }, () =>
    randomTree(random, {
      featureCount,
      outputCount,
      depth,
      categoryShare: seed % 3 === 0 ? 0.4 : 0,
    }),
  );
  return assembleForest(trees, {
    outputCount,
    aggregation: random.nextInt(2) === 0 ? 'mean' : 'sum',
    baseScore: Float64Array.from({ length: outputCount }, () => random.nextNormal()),
    link: anyLink(seed, outputCount),
  });
}

describe('predictMatrix', () => {
  it('gives the bits of the reference for trees of any shape, missing and infinite values and all', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const forest = randomForest(given);
        const matrix = randomMatrix(
          createRandom(given.seed, 2),
          given.rowCount,
          given.featureCount,
        );
        const expected = scoreReference(forest, matrix);
        expect(bitsOf(predictMatrix(forest, matrix))).toEqual(bitsOf(expected));
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it('gives the bits of the reference for linear estimators', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { seed, rowCount, featureCount, outputCount } = given;
        const random = createRandom(seed, 3);
        const linear: Estimator = {
          kind: 'linear',
          outputCount,
          coefficients: Float64Array.from(
            { length: outputCount * featureCount },
            random.nextNormal,
          ),
          intercepts: Float64Array.from({ length: outputCount }, random.nextNormal),
          link: anyLink(seed, outputCount),
        };
        const matrix = randomMatrix(random, rowCount, featureCount);
        const scores = predictMatrix(linear, matrix);
        const expected = scoreReference(linear, matrix);
        expect(scores.length).toBe(expected.length);
        expect(scores.every((score, i) => Object.is(score, expected[i]))).toBe(true);
      }),
      { seed: 2, numRuns: 150 },
    );
  });

  it('gives the bits of the reference for networks, and for ensembles with one', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { seed, rowCount, featureCount, outputCount } = given;
        const random = createRandom(seed, 4);
        const link = anyLink(seed, outputCount);
        const activation = (['identity', 'logistic', 'tanh', 'relu'] as const)[seed % 4]!;
        const hidden = Array.from({ length: seed % 3 }, () => 1 + random.nextInt(9));
        const layerSizes = [featureCount, ...hidden, outputCount];
        const network = drawNetwork(random, { layerSizes, activation, link });
        const forest: TreeEnsemble = { ...randomForest(given), link };
        const ensemble: Estimator = {
          kind: 'ensemble',
          outputCount: outputWidth(network),
          members: [forest, network],
          combination: { kind: 'mean', weights: Float64Array.of(0.3, 0.7) },
          link: 'identity',
        };
        const matrix = randomMatrix(random, rowCount, featureCount);
        for (const estimator of [network, ensemble]) {
          const expected = scoreReference(estimator, matrix);
          const scores = predictMatrix(estimator, matrix);
          expect(scores.length).toBe(expected.length);
          expect(scores.every((score, i) => Object.is(score, expected[i]))).toBe(true);
        }
      }),
      { seed: 3, numRuns: 150 },
    );
  });

  it('gives each row the same answer alone as among others', () => {
    const random = createRandom(5);
    const given = { seed: 12, rowCount: 700, featureCount: 30, outputCount: 3 };
    const score = createMatrixScorer(randomForest(given));
    const matrix = randomMatrix(random, given.rowCount, given.featureCount);
    const together = score(matrix);
    for (let row = 0; row < given.rowCount; row++) {
      const columns = matrix.columns.map((column) => column.slice(row, row + 1));
      const alone = score({ ...matrix, rowCount: 1, columns });
      expect([...alone]).toEqual([...together.slice(row * 3, row * 3 + 3)]);
    }
  });

  it('hands out an array of its own at each call', () => {
    const given = { seed: 4, rowCount: 20, featureCount: 3, outputCount: 2 };
    const score = createMatrixScorer(randomForest(given));
    const first = score(randomMatrix(createRandom(1), 20, 3));
    const kept = first.slice();
    score(randomMatrix(createRandom(2), 20, 3));
    expect(first).toEqual(kept);
  });

  it('scores a forest of bare leaves without any feature', () => {
    const leaf = randomTree(createRandom(1), { featureCount: 1, outputCount: 2, depth: 0 });
    const forest = assembleForest([leaf], { outputCount: 2, aggregation: 'mean' });
    const outputs = predictMatrix(forest, { rowCount: 5, features: [], columns: [] });
    expect([...outputs]).toEqual(Array.from({ length: 5 }, () => [...leaf.leafValues]).flat());
  });

  it('throws MODEL_FEATURE_COUNT when the matrix has too few features for the trees', () => {
    const forest = randomForest({ seed: 2, rowCount: 1, featureCount: 20, outputCount: 1 });
    const score = () => predictMatrix(forest, randomMatrix(createRandom(1), 3, 1));
    expect(score).toThrow(FeatureCountError);
    expect(score).toThrow(expect.objectContaining({ code: 'MODEL_FEATURE_COUNT', found: 1 }));
  });

  it('throws MODEL_FEATURE_COUNT when the matrix has another number of features than a linear model', () => {
    const linear: Estimator = {
      kind: 'linear',
      outputCount: 1,
      coefficients: Float64Array.of(1, 2),
      intercepts: Float64Array.of(0),
      link: 'identity',
    };
    for (const featureCount of [1, 3]) {
      const matrix = randomMatrix(createRandom(1), 3, featureCount);
      expect(() => predictMatrix(linear, matrix)).toThrow(
        expect.objectContaining({ found: featureCount, needed: 2 }),
      );
    }
  });

  it('throws MODEL_INVALID for an ensemble that is none, instead of walking in circles', () => {
    const forest = randomForest({ seed: 2, rowCount: 1, featureCount: 4, outputCount: 1 });
    const circular = { ...forest, leftChild: forest.leftChild.map(() => 0) };
    expect(() => createMatrixScorer(circular)).toThrow(ModelInvalidError);
  });
});
