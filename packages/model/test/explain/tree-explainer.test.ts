import { createRandom } from '@gnu-mlops/core';
import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { assembleForest } from '../../src/assemble-forest.ts';
import type { TreeEnsemble } from '../../src/estimator.ts';
import { createTreeExplainer } from '../../src/explain/create-explainer.ts';
import type { Explanation } from '../../src/explain/explanation.ts';
import { scoreReference } from '../../src/score-reference.ts';
import { randomMatrix } from '../fixtures/random-matrix.ts';
import { randomTree } from '../fixtures/random-trees.ts';
import { bruteForceShapley, expectedScore } from './brute-force-shapley.ts';

interface ForestSettings {
  readonly seed: number;
  readonly trees: number;
  readonly featureCount: number;
  readonly outputCount: number;
  readonly depth: number;
  readonly aggregation: 'mean' | 'sum';
  readonly categoryShare?: number;
  /** Class shares, or leaf values that sum to anything; default shares. */
  readonly leaves?: 'shares' | 'any';
}

function randomForest(settings: ForestSettings): TreeEnsemble {
  const { seed, trees, outputCount, aggregation } = settings;
  const random = createRandom(seed);
  const grown = Array.from({ length: trees }, () => {
    const tree = randomTree(random, settings);
    // The cover of a root must be there; that of deeper nodes may be 0.
    const cover = tree.cover.map((weight, node) => (node < 3 ? weight + 1 : weight));
    const leafValues =
      settings.leaves === 'any' ? tree.leafValues.map(random.nextNormal) : tree.leafValues;
    return { ...tree, cover, leafValues };
  });
  const baseScore = Float64Array.from({ length: outputCount }, random.nextNormal);
  return assembleForest(grown, { outputCount, aggregation, baseScore });
}

function rowOf({ columns }: FeatureMatrix, row: number): number[] {
  return columns.map((column) => column[row]!);
}

function sumOfRow(explanation: Explanation, row: number, output: number): number {
  const { baseValues, contributions, featureCount, outputCount } = explanation;
  let sum = baseValues[output]!;
  for (let feature = 0; feature < featureCount; feature++) {
    sum += contributions[(row * featureCount + feature) * outputCount + output]!;
  }
  return sum;
}

const settings = fc.record({
  seed: fc.integer(),
  trees: fc.integer({ min: 1, max: 4 }),
  featureCount: fc.integer({ min: 1, max: 6 }),
  outputCount: fc.integer({ min: 1, max: 3 }),
  depth: fc.integer({ min: 0, max: 5 }),
  aggregation: fc.constantFrom('mean' as const, 'sum' as const),
  categoryShare: fc.constantFrom(0, 0.4),
  leaves: fc.constantFrom('shares' as const, 'any' as const),
});

describe.each(['WebAssembly', 'TypeScript alone'])('createTreeExplainer in %s', (host) => {
  beforeEach(() => {
    if (host === 'TypeScript alone') vi.stubGlobal('WebAssembly', undefined);
  });
  afterEach(() => vi.unstubAllGlobals());

  it('gives the Shapley values of their definition, missing and infinite values included', () => {
    fc.assert(
      fc.property(settings, (drawn) => {
        const trees = randomForest(drawn);
        const matrix = randomMatrix(createRandom(drawn.seed, 1), 5, drawn.featureCount);
        const { contributions, baseValues } = createTreeExplainer(trees)(matrix);
        for (let row = 0; row < matrix.rowCount; row++) {
          for (let k = 0; k < trees.outputCount; k++) {
            const values = rowOf(matrix, row);
            expect(baseValues[k]).toBeCloseTo(expectedScore(trees, values, 0, k), 12);
            bruteForceShapley(trees, values, k).forEach((expected, feature) => {
              const at = (row * drawn.featureCount + feature) * trees.outputCount + k;
              expect(contributions[at]).toBeCloseTo(expected, 12);
            });
          }
        }
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it('handles splits on sets of categories as the scorer does', () => {
    const stump = (word: number) => ({
      splitFeature: Int32Array.of(0, -1, -1),
      threshold: new Float64Array(3),
      leftChild: Int32Array.of(1, 0, 0),
      rightChild: Int32Array.of(2, 0, 0),
      missingLeft: Uint8Array.of(0, 0, 0),
      leafIndex: Int32Array.of(-1, 0, 1),
      leafValues: Float64Array.of(10, 2),
      cover: Float64Array.of(4, 1, 3),
      categorySets: {
        setOf: Int32Array.of(0, -1, -1),
        starts: Int32Array.of(0, 1),
        words: Int32Array.of(word),
      },
    });
    const trees = assembleForest([stump(0b101)], { outputCount: 1, aggregation: 'sum' });
    const matrix = categoryMatrix([0, 1, 2, NaN]);
    const { baseValues, contributions } = createTreeExplainer(trees)(matrix);
    expect([...baseValues]).toEqual([4]);
    expect([...contributions].map((value) => Number(value.toFixed(12)))).toEqual([6, -2, 6, -2]);
  });

  it.each([
    ['deeper than one block of points', 24, 30],
    ['on one feature only', 12, 1],
    ['with one leaf each', 0, 3],
  ])('adds up to the score for trees %s', (_, depth, featureCount) => {
    const shape = { featureCount, outputCount: 2, aggregation: 'mean' as const };
    const trees = deepForest({ ...shape, depth });
    const matrix = randomMatrix(createRandom(3), 30, featureCount);
    const explanation = createTreeExplainer(trees)(matrix);
    scoreReference(trees, matrix).forEach((score, at) => {
      expect(Math.abs(sumOfRow(explanation, at >> 1, at % 2) - score)).toBeLessThan(1e-9);
    });
  });

  it('explains a row alone as among others, to the bit', () => {
    const drawn = { seed: 5, trees: 6, featureCount: 5, outputCount: 2, depth: 6 };
    const trees = randomForest({ ...drawn, aggregation: 'mean' });
    const matrix = randomMatrix(createRandom(9), 40, 5);
    const explain = createTreeExplainer(trees);
    const together = explain(matrix).contributions;
    for (let row = 0; row < 40; row++) {
      const columns = matrix.columns.map((column) => column.slice(row, row + 1));
      const alone = explain({ ...matrix, columns, rowCount: 1 }).contributions;
      expect(alone).toEqual(together.slice(row * 10, row * 10 + 10));
    }
  });

  it('gives features that no tree looks at nothing, and takes no rows at all', () => {
    const trees = randomForest({
      ...{ seed: 1, trees: 3, featureCount: 2, outputCount: 1, depth: 4, aggregation: 'sum' },
    });
    const { contributions } = createTreeExplainer(trees)(randomMatrix(createRandom(4), 8, 4));
    for (let row = 0; row < 8; row++) {
      expect([...contributions.slice(row * 4 + 2, row * 4 + 4)]).toEqual([0, 0]);
    }
    expect(createTreeExplainer(trees)(randomMatrix(createRandom(4), 0, 2)).rowCount).toBe(0);
  });

  it('throws MODEL_FEATURE_COUNT for too few features', () => {
    const trees = deepForest({ featureCount: 4, outputCount: 1, aggregation: 'sum', depth: 6 });
    expect(() => createTreeExplainer(trees)(randomMatrix(createRandom(1), 2, 3))).toThrow(
      expect.objectContaining({ code: 'MODEL_FEATURE_COUNT', found: 3, needed: 4 }),
    );
  });

  it('throws MODEL_INVALID naming the tree without cover', () => {
    const trees = deepForest({ featureCount: 4, outputCount: 1, aggregation: 'sum', depth: 3 });
    const cover = trees.cover.map((value, node) => (node < trees.treeStarts[1]! ? value : 0));
    expect(() => createTreeExplainer({ ...trees, cover })).toThrow(
      expect.objectContaining({
        code: 'MODEL_INVALID',
        where: 'estimator.cover',
        problem: expect.stringContaining('tree 1'),
      }),
    );
  });
});

function categoryMatrix(codes: readonly number[]): FeatureMatrix {
  return {
    rowCount: codes.length,
    features: [{ name: 'colour', kind: 'categorical', categories: 3 }],
    columns: [Float64Array.from(codes)],
  };
}

/** Two trees that are chains: every split has a leaf on one side, features taken in turns. */
function deepForest(shape: {
  readonly depth: number;
  readonly featureCount: number;
  readonly outputCount: number;
  readonly aggregation: 'mean' | 'sum';
}): TreeEnsemble {
  const { depth, featureCount, outputCount } = shape;
  const random = createRandom(depth, featureCount);
  const nodeCount = 2 * depth + 1;
  const nodes = Array.from({ length: nodeCount }, (_, node) => node);
  const isSplit = (node: number) => node % 2 === 0 && node < 2 * depth;
  const chain = () => ({
    splitFeature: Int32Array.from(nodes, (n) => (isSplit(n) ? (n / 2) % featureCount : -1)),
    threshold: Float64Array.from(nodes, () => random.nextNormal()),
    leftChild: Int32Array.from(nodes, (n) => n + 1),
    rightChild: Int32Array.from(nodes, (n) => n + 2),
    missingLeft: Uint8Array.from(nodes, () => random.nextInt(2)),
    leafIndex: Int32Array.from(nodes, (n) => (isSplit(n) ? -1 : Math.ceil(n / 2) - (n % 2))),
    leafValues: Float64Array.from({ length: (depth + 1) * outputCount }, random.nextNormal),
    cover: Float64Array.from(nodes, (n) => nodeCount - n),
  });
  return assembleForest([chain(), chain()], shape);
}
