import { createRandom, isGnuMlopsError } from '@gnu-mlops/core';
import type { Feature } from '@gnu-mlops/preprocess';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleForest } from '../../src/assemble-forest.ts';
import { predictMatrix } from '../../src/predict-matrix.ts';
import { formatXgboost } from '../../src/xgboost/format-xgboost.ts';
import { modelFromXgboost, parseXgboost } from '../../src/xgboost/parse-xgboost.ts';
import { readTree } from '../../src/xgboost/read-tree.ts';
import { conditionAbove, thresholdBelow } from '../../src/xgboost/thresholds.ts';
import { mutateText } from '../fixtures/mutate-text.ts';
import { randomMatrix } from '../fixtures/random-matrix.ts';
import { randomTree } from '../fixtures/random-trees.ts';

const features: Feature[] = Array.from({ length: 4 }, (_, i) => ({
  name: `f${i}`,
  kind: 'numeric',
}));

function randomForest(seed: number): ReturnType<typeof assembleForest> {
  const random = createRandom(seed);
  const shape = { featureCount: 4, outputCount: 1, depth: 4, categoryShare: 0.3 };
  const trees = Array.from({ length: 4 }, () => randomTree(random, shape));
  return assembleForest(trees, { outputCount: 1, aggregation: 'sum', link: 'logistic' });
}

/** A model as XGBoost 3 writes it: f0 < 0.1 ? 1 : f1 in {2} ? 4 : 2. */
function modelJson(change: (learner: Record<string, never>) => void = () => undefined): string {
  const learner = {
    feature_names: [],
    feature_types: ['q', 'c'],
    gradient_booster: {
      model: {
        gbtree_model_param: { num_parallel_tree: '1', num_trees: '1' },
        tree_info: [0],
        trees: [
          {
            categories: [2],
            categories_nodes: [2],
            categories_segments: [0],
            categories_sizes: [1],
            default_left: [0, 0, 1, 0, 0],
            left_children: [1, -1, 3, -1, -1],
            right_children: [2, -1, 4, -1, -1],
            split_conditions: [0.1, 1, 0, 2, 4],
            split_indices: [0, 0, 1, 0, 0],
            split_type: [0, 0, 1, 0, 0],
            sum_hessian: [10, 5, 5, 3, 2],
            tree_param: { num_nodes: '5', size_leaf_vector: '1' },
          },
        ],
      },
      name: 'gbtree',
    },
    learner_model_param: {
      base_score: '[5E-1]',
      num_class: '0',
      num_feature: '2',
      num_target: '1',
    },
    objective: { name: 'reg:squarederror' },
  };
  change(learner as unknown as Record<string, never>);
  return JSON.stringify({ learner, version: [3, 2, 0] });
}

function score(text: string, rows: readonly [number, number][]): number[] {
  const columns = [0, 1].map((at) => Float64Array.from(rows, (row) => row[at as 0 | 1]));
  const matrix = { rowCount: rows.length, features: [], columns };
  return [...predictMatrix(parseXgboost(text).estimator, matrix)];
}

const anyDouble = fc.oneof(fc.double({ noNaN: true }), fc.float({ noNaN: true }));

describe('thresholdBelow', () => {
  it('holds for exactly the doubles that are below the condition as float32', () => {
    fc.assert(
      fc.property(
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        anyDouble,
        fc.integer({ min: -3, max: 3 }),
        (c, x, near) => {
          const threshold = thresholdBelow(c);
          const close = c + near * Math.abs(c) * 2 ** -25;
          for (const value of [x, c, close, threshold, c * (1 + 2 ** -52)]) {
            if (Number.isNaN(value)) continue;
            expect(value <= threshold).toBe(Math.fround(value) < c);
          }
        },
      ),
      { seed: 5, numRuns: 5000 },
    );
  });

  it.each([0, 2 ** -149, -(2 ** -149), 3.4028234663852886e38, -3.4028234663852886e38, Infinity])(
    'holds next to %s',
    (condition) => {
      const threshold = thresholdBelow(condition);
      const step = Math.max(Math.abs(threshold) * 2 ** -53, Number.MIN_VALUE);
      for (const value of [threshold - step, threshold, threshold + step, condition, -condition]) {
        expect(value <= threshold).toBe(Math.fround(value) < condition);
      }
    },
  );
});

describe('conditionAbove', () => {
  it('says for float32 values what the threshold says', () => {
    fc.assert(
      fc.property(anyDouble, fc.float({ noNaN: true, noDefaultInfinity: true }), (threshold, x) => {
        const condition = conditionAbove(threshold);
        const largest = 3.4028234663852886e38;
        for (const value of [x, Math.fround(threshold), condition]) {
          if (Math.abs(value) >= largest) continue;
          expect(value < condition).toBe(value <= threshold);
        }
      }),
      { seed: 6, numRuns: 5000 },
    );
  });
});

describe('parseXgboost', () => {
  it('compares as float32, sends missing values by default and the categories of a set right', () => {
    const rows: [number, number][] = [
      [0.1, 0], // rounds to the condition, which is not below it
      [0.1 - 1e-8, 0],
      [NaN, 0],
      [1, 2],
      [1, NaN],
      [1, 77],
      [1, -5],
    ];
    expect(score(modelJson(), rows)).toEqual([2.5, 1.5, 2.5, 4.5, 2.5, 2.5, 2.5]);
  });

  it('reads base scores as outputs', () => {
    const logistic = modelJson((learner) => {
      Object.assign(learner, { objective: { name: 'binary:logistic' } });
      Object.assign(learner['learner_model_param']!, { base_score: '2.5E-1' });
    });
    const { estimator, classCount } = parseXgboost(logistic);
    expect(classCount).toBe(2);
    expect(estimator.baseScore[0]).toBeCloseTo(Math.log(1 / 3), 12);
  });

  it.each<[string, (learner: Record<string, never>) => void]>([
    ['another booster', (l) => Object.assign(l['gradient_booster']!, { name: 'gblinear' })],
    [
      'a claim of a billion outputs',
      (l) => {
        Object.assign(l['learner_model_param']!, { num_class: '999999999' });
        Object.assign(l['gradient_booster']!, { model: { tree_info: [], trees: [] } });
        Object.assign(l, { objective: { name: 'multi:softprob' } });
      },
    ],
    ['another objective', (l) => Object.assign(l, { objective: { name: 'binary:hinge' } })],
    [
      'leaves of several numbers',
      (l) => {
        const booster = l['gradient_booster']! as { model: { trees: { tree_param: object }[] } };
        Object.assign(booster.model.trees[0]!.tree_param, { size_leaf_vector: '3' });
      },
    ],
  ])('throws MODEL_FOREIGN_UNSUPPORTED for %s', (_, change) => {
    expect(() => parseXgboost(modelJson(change))).toThrow(
      expect.objectContaining({ code: 'MODEL_FOREIGN_UNSUPPORTED', library: 'XGBoost' }),
    );
  });

  it.each([
    ['no JSON', 'hello'],
    ['no model', '{}'],
    ['a cycle', modelJson().replace('"left_children":[1', '"left_children":[0')],
    ['a node that is not there', modelJson().replace('"left_children":[1', '"left_children":[9')],
    [
      'a feature that is not there',
      modelJson().replace('"split_indices":[0', '"split_indices":[7'),
    ],
    ['too few conditions', modelJson().replace('[0.1,1,', '[0.1,')],
    ['a negative category', modelJson().replace('"categories":[2]', '"categories":[-2]')],
    ['a huge category', modelJson().replace('"categories":[2]', '"categories":[2147483647]')],
    [
      'sets that share their categories',
      modelJson()
        .replace('"categories_nodes":[2]', '"categories_nodes":[2,2]')
        .replace('"categories_segments":[0]', '"categories_segments":[0,0]')
        .replace('"categories_sizes":[1]', '"categories_sizes":[1,1]'),
    ],
    [
      'a set out of bounds',
      modelJson().replace('"categories_sizes":[1]', '"categories_sizes":[9]'),
    ],
    ['an output that is not there', modelJson().replace('"tree_info":[0]', '"tree_info":[3]')],
    ['a base score that is none', modelJson().replace('[5E-1]', 'x')],
  ])('throws MODEL_FOREIGN_CORRUPT for %s', (_, text) => {
    expect(() => parseXgboost(text)).toThrow(
      expect.objectContaining({ code: 'MODEL_FOREIGN_CORRUPT', library: 'XGBoost' }),
    );
  });

  it('takes no more words for sets of categories than the trees before have left', () => {
    const { learner } = JSON.parse(modelJson()) as {
      learner: { gradient_booster: { model: { trees: unknown[] } } };
    };
    const place = { where: 'trees[0]', value: learner.gradient_booster.model.trees[0] };
    const context = { featureCount: 2, outputCount: 1, output: 0, weight: 1 };
    expect(readTree(place, { ...context, mostSetWords: 1 }).categorySets?.words).toHaveLength(1);
    expect(() => readTree(place, { ...context, mostSetWords: 0 })).toThrow('too much memory');
  });

  it('refuses or scores whatever is done to a text', () => {
    const random = createRandom(71);
    const original = formatXgboost(randomForest(72), features);
    const matrix = randomMatrix(random, 5, 4);
    const outcomes = new Set<boolean>();
    for (let i = 0; i < 3000; i++) {
      try {
        predictMatrix(parseXgboost(mutateText(original, random)).estimator, matrix);
        outcomes.add(true);
      } catch (error) {
        if (!isGnuMlopsError(error)) throw error;
        outcomes.add(false);
      }
    }
    expect(outcomes).toEqual(new Set([true, false]));
  });
});

describe('formatXgboost', () => {
  it('is read back with the same scores for float32 values', () => {
    for (let seed = 80; seed < 100; seed++) {
      const forest = randomForest(seed);
      const matrix = randomMatrix(createRandom(seed), 50, 4);
      for (const column of matrix.columns) {
        column.forEach((value, row) => (column[row] = Math.abs(value) > 1e30 ? NaN : value));
      }
      const again = parseXgboost(formatXgboost(forest, features)).estimator;
      const [ours, theirs] = [predictMatrix(forest, matrix), predictMatrix(again, matrix)];
      ours.forEach((value, row) => expect(theirs[row]).toBeCloseTo(value, 6));
    }
  });
});

describe('modelFromXgboost', () => {
  it('numbers every right child right after its left sibling, after their parent', () => {
    for (let seed = 1; seed < 20; seed++) {
      const text = formatXgboost(randomForest(seed), features);
      const { trees } = JSON.parse(text).learner.gradient_booster.model;
      for (const { left_children: left, right_children: right } of trees) {
        (left as number[]).forEach((child, node) => {
          if (child < 0) return;
          expect(child).toBeGreaterThan(node);
          expect(right[node]).toBe(child + 1);
        });
      }
    }
  });

  it('names features, target and classes as told', () => {
    const text = formatXgboost(randomForest(5), features);
    const model = modelFromXgboost(text, {
      featureNames: ['a', 'b', 'c', 'd'],
      classes: ['no', 'yes'],
      target: 'churn',
    });
    expect(model).toMatchObject({
      task: 'classification',
      target: { name: 'churn', classes: ['no', 'yes'] },
      signature: { inputs: ['a', 'b', 'c', 'd'].map((name) => ({ name, type: 'double' })) },
    });
  });
});
