import { createRandom } from '@gnu-mlops/core';
import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { assembleForest } from '../src/assemble-forest.ts';
import type { BlockScorer } from '../src/block-scorer.ts';
import type { TreeEnsemble } from '../src/estimator.ts';
import { scoreReference } from '../src/score-reference.ts';
import { createKernelScorer } from '../src/score-trees-kernels.ts';
import { createScriptScorer } from '../src/score-trees-script.ts';
import { createTreeScorer } from '../src/score-trees.ts';
import { randomMatrix } from './fixtures/random-matrix.ts';
import { randomTree } from './fixtures/random-trees.ts';
import { searchTree } from './fixtures/search-tree.ts';

afterEach(() => vi.unstubAllGlobals());

interface Case {
  readonly seed: number;
  readonly rowCount: number;
  readonly featureCount: number;
  readonly outputCount: number;
  readonly treeCount: number;
  readonly depth: number;
  readonly categoryShare: number;
}

const anyCase: fc.Arbitrary<Case> = fc.record({
  seed: fc.nat(),
  rowCount: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 21, max: 2500 })),
  featureCount: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 400 })),
  outputCount: fc.integer({ min: 1, max: 5 }),
  treeCount: fc.integer({ min: 1, max: 20 }),
  depth: fc.integer({ min: 0, max: 9 }),
  categoryShare: fc.constant(0),
});

function randomForest({ seed, treeCount, ...shape }: Case): TreeEnsemble {
  const { outputCount } = shape;
  const random = createRandom(seed, 1);
  return assembleForest(
    Array.from({ length: treeCount }, () => randomTree(random, shape)),
    {
      outputCount,
      aggregation: seed % 2 === 0 ? 'mean' : 'sum',
      baseScore: Float64Array.from({ length: outputCount }, () => random.nextNormal()),
    },
  );
}

function scoresOf(scorer: BlockScorer, trees: TreeEnsemble, matrix: FeatureMatrix): Float64Array {
  const { columns, rowCount } = matrix;
  const raw = new Float64Array(rowCount * trees.outputCount).fill(NaN);
  scorer({ columns, firstRow: 0, rowCount }, raw);
  return raw;
}

function bitsOf(values: Float64Array): BigUint64Array {
  return new BigUint64Array(values.buffer, values.byteOffset, values.length);
}

function column(values: readonly number[]): FeatureMatrix {
  const features = [{ name: 'x', kind: 'numeric' as const }];
  return { rowCount: values.length, features, columns: [Float64Array.from(values)] };
}

describe.each([
  ['createScriptScorer', createScriptScorer],
  ['createKernelScorer', createKernelScorer],
])('%s', (_, createScorer) => {
  it('gives the bits of the reference for trees of any shape, missing and infinite values and all', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const trees = randomForest(given);
        const matrix = randomMatrix(
          createRandom(given.seed, 2),
          given.rowCount,
          given.featureCount,
        );
        const scorer = createScorer(trees);
        expect(scorer).toBeDefined();
        const scores = scoresOf(scorer!, trees, matrix);
        expect(bitsOf(scores)).toEqual(bitsOf(scoreReference(trees, matrix)));
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it('parts values at thresholds exactly, zeros of both signs, infinities and neighbours included', () => {
    const thresholds = [-Infinity, -1e308, -0.1, -5e-324, -0, 5e-324, 0.1, 0.30000000000000004, 1];
    const next = (value: number) => value + Math.max(5e-324, Math.abs(value) * 2.3e-16);
    const values = thresholds.flatMap((value) => [value, next(value), -next(-value)]);
    const matrix = column([...values, 0, Infinity, NaN, Number.MAX_VALUE]);
    const trees = assembleForest(
      [searchTree(thresholds), searchTree([0, Infinity]), searchTree([])],
      { outputCount: 1, aggregation: 'sum' },
    );
    const scores = scoresOf(createScorer(trees)!, trees, matrix);
    expect(bitsOf(scores)).toEqual(bitsOf(scoreReference(trees, matrix)));
  });

  it('scores rows from the middle of columns, the same alone as among others', () => {
    const given = { seed: 12, rowCount: 0, featureCount: 30, outputCount: 3 };
    const trees = randomForest({ ...given, treeCount: 11, depth: 7, categoryShare: 0 });
    const { columns } = randomMatrix(createRandom(5), 2000, 30);
    const scorer = createScorer(trees)!;
    const together = new Float64Array(1500 * 3);
    scorer({ columns, firstRow: 300, rowCount: 1500 }, together);
    const alone = new Float64Array(3);
    for (let row = 0; row < 1500; row += 7) {
      scorer({ columns, firstRow: 300 + row, rowCount: 1 }, alone);
      expect([...alone]).toEqual([...together.subarray(3 * row, 3 * row + 3)]);
    }
  });
});

describe('createKernelScorer', () => {
  it('parts trees into sections where a feature has more thresholds than two bytes count', () => {
    const trees = assembleForest(
      [1, 2, 3].map((shift) => searchTree(Array.from({ length: 30_000 }, (_, i) => i + shift / 4))),
      { outputCount: 1, aggregation: 'sum' },
    );
    const values = Array.from({ length: 3000 }, (_, i) => i * 10.25 - 50);
    const matrix = column([...values, NaN, Infinity]);
    const scores = scoresOf(createKernelScorer(trees)!, trees, matrix);
    expect(bitsOf(scores)).toEqual(bitsOf(scoreReference(trees, matrix)));
  });

  it('parts trees into sections where they look at more features than two bytes count', () => {
    const featureCount = 5000;
    const trees = assembleForest(
      Array.from({ length: featureCount }, (_, feature) => searchTree([0, 0.5], feature)),
      { outputCount: 1, aggregation: 'mean' },
    );
    const matrix = randomMatrix(createRandom(1), 9, featureCount);
    const scores = scoresOf(createKernelScorer(trees)!, trees, matrix);
    expect(bitsOf(scores)).toEqual(bitsOf(scoreReference(trees, matrix)));
  });

  it('leaves a tree to TypeScript that is too much for a section of its own', () => {
    const thresholds = Array.from({ length: 70_000 }, (_, i) => i);
    const trees = assembleForest([searchTree(thresholds)], {
      outputCount: 1,
      aggregation: 'sum',
    });
    expect(createKernelScorer(trees)).toBeUndefined();
    const matrix = column([-1, 69_999.5, 34_567]);
    expect([...scoresOf(createTreeScorer(trees), trees, matrix)]).toEqual([0, 70_000, 34_567]);
  });
});

describe('createTreeScorer', () => {
  const given = { seed: 3, rowCount: 50, featureCount: 6, outputCount: 2 };
  const trees = randomForest({ ...given, treeCount: 9, depth: 6, categoryShare: 0 });
  const matrix = randomMatrix(createRandom(8), 50, 6);
  const expected = scoreReference(trees, matrix);

  it('scores alike where there is no WebAssembly', () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect(createKernelScorer(trees)).toBeUndefined();
    expect(scoresOf(createTreeScorer(trees), trees, matrix)).toEqual(expected);
  });

  it('scores alike where a policy forbids to compile', () => {
    const refuse = () => {
      throw new Error('Refused to compile or instantiate WebAssembly module');
    };
    const { Memory } = (globalThis as { WebAssembly?: { Memory: unknown } }).WebAssembly!;
    vi.stubGlobal('WebAssembly', { Memory, Module: refuse });
    expect(createKernelScorer(trees)).toBeUndefined();
    expect(scoresOf(createTreeScorer(trees), trees, matrix)).toEqual(expected);
  });
});
