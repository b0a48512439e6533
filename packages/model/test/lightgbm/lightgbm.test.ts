import { createRandom, isGnuMlopsError } from '@gnu-mlops/core';
import type { Feature } from '@gnu-mlops/preprocess';
import { describe, expect, it } from 'vitest';
import { assembleForest } from '../../src/assemble-forest.ts';
import { formatLightgbm } from '../../src/lightgbm/format-lightgbm.ts';
import { modelFromLightgbm, parseLightgbm } from '../../src/lightgbm/parse-lightgbm.ts';
import { predictMatrix } from '../../src/predict-matrix.ts';
import { predictTable } from '../../src/predict-table.ts';
import { mutateText } from '../fixtures/mutate-text.ts';
import { randomMatrix } from '../fixtures/random-matrix.ts';
import { randomTree } from '../fixtures/random-trees.ts';

/** f0 <= 0.5 [decision] ? 1 : f1 in {1, 33} ? 2 : 4 */
function textOf(decision: number, threshold = 0.5, objective = 'regression'): string {
  return `tree
version=v4
num_class=1
num_tree_per_iteration=1
label_index=0
max_feature_idx=1
objective=${objective}
feature_names=a b
feature_infos=[-1:1] 0:1:33

Tree=0
num_leaves=3
num_cat=1
split_feature=0 1
split_gain=1 1
threshold=${threshold} 0
decision_type=${decision} 1
left_child=-1 -2
right_child=1 -3
leaf_value=1 2 4
leaf_count=5 3 2
internal_count=10 5
cat_boundaries=0 2
cat_threshold=2 2
is_linear=0
shrinkage=1


end of trees
`;
}

function score(text: string, rows: readonly [number, number][]): number[] {
  const columns = [0, 1].map((at) => Float64Array.from(rows, (row) => row[at as 0 | 1]));
  const matrix = { rowCount: rows.length, features: [], columns };
  return [...predictMatrix(parseLightgbm(text).estimator, matrix)];
}

const features: Feature[] = Array.from({ length: 4 }, (_, i) =>
  i === 3
    ? { name: 'plan name', kind: 'categorical', categories: 96 }
    : { name: `f${i}`, kind: 'numeric' },
);

function randomForest(seed: number): ReturnType<typeof assembleForest> {
  const random = createRandom(seed);
  const trees = Array.from({ length: 5 }, () => {
    const tree = randomTree(random, {
      featureCount: 4,
      outputCount: 1,
      depth: 4,
      categoryShare: 0.3,
    });
    tree.categorySets?.setOf.forEach((set, node) => {
      if (set >= 0) tree.splitFeature[node] = 3;
    });
    return tree;
  });
  return assembleForest(trees, { outputCount: 1, aggregation: 'sum' });
}

describe('parseLightgbm', () => {
  it('sends missing values by the missing type', () => {
    const rows: [number, number][] = [
      [0.5, 0],
      [NaN, 0],
      [0.6, 0],
    ];
    expect(score(textOf(0), rows)).toEqual([1, 1, 4]); // none: NaN counts as 0
    expect(score(textOf(0, -0.5), [[NaN, 0]])).toEqual([4]);
    expect(score(textOf(8), rows)).toEqual([1, 4, 4]);
    expect(score(textOf(10), rows)).toEqual([1, 1, 4]);
    expect(score(textOf(6), rows)).toEqual([1, 1, 4]); // zeros go with their neighbours
  });

  it('sends the categories of a set left, and missing or unknown ones right', () => {
    const categories = [1, 33, 1.9, 0, 2, 32, 65, -1, NaN];
    const rows = categories.map((category): [number, number] => [1, category]);
    expect(score(textOf(8), rows)).toEqual([2, 2, 2, 4, 4, 4, 4, 4, 4]);
  });

  it('works the sigmoid in, and keeps the covers', () => {
    const ensemble = parseLightgbm(textOf(8, 0.5, 'binary sigmoid:0.5'));
    expect(ensemble).toMatchObject({ task: 'classification', classCount: 2, objective: 'binary' });
    expect(ensemble.estimator.link).toBe('logistic');
    expect([...ensemble.estimator.leafValues]).toEqual([0.5, 1, 2]);
    expect([...ensemble.estimator.cover]).toEqual([10, 5, 5, 3, 2]);
  });

  it.each([
    ['zeros that part from their neighbours', textOf(4)],
    ['linear leaves', textOf(8).replace('is_linear=0', 'is_linear=1')],
    ['another objective', textOf(8, 0.5, 'multiclassova num_class:3')],
    ['square roots', textOf(8, 0.5, 'regression sqrt')],
    ['a newer version', textOf(8).replace('version=v4', 'version=v9')],
  ])('throws MODEL_FOREIGN_UNSUPPORTED for %s', (_, text) => {
    expect(() => parseLightgbm(text)).toThrow(
      expect.objectContaining({ code: 'MODEL_FOREIGN_UNSUPPORTED', library: 'LightGBM' }),
    );
  });

  it.each([
    ['no model', 'hello'],
    ['a text cut short', textOf(8).slice(0, -20)],
    ['a cycle', textOf(8).replace('right_child=1', 'right_child=0')],
    ['a leaf that is not there', textOf(8).replace('left_child=-1 -2', 'left_child=-9 -2')],
    ['a feature that is not there', textOf(8).replace('split_feature=0 1', 'split_feature=0 2')],
    ['too few thresholds', textOf(8).replace('threshold=0.5 0', 'threshold=0.5')],
    ['a set that is not there', textOf(8).replace('threshold=0.5 0', 'threshold=0.5 7')],
    ['sets out of order', textOf(8).replace('cat_boundaries=0 2', 'cat_boundaries=5 2')],
    [
      'splits that share a set',
      textOf(8).replace('threshold=0.5 0', 'threshold=0 0').replace('_type=8 1', '_type=1 1'),
    ],
    ['a leaf that is no number', textOf(8).replace('leaf_value=1', 'leaf_value=x')],
    ['an infinite leaf', textOf(8).replace('leaf_value=1', 'leaf_value=inf')],
    ['a huge count of leaves', textOf(8).replace('num_leaves=3', 'num_leaves=1000000')],
  ])('throws MODEL_FOREIGN_CORRUPT for %s', (_, text) => {
    expect(() => parseLightgbm(text)).toThrow(
      expect.objectContaining({ code: 'MODEL_FOREIGN_CORRUPT', library: 'LightGBM' }),
    );
  });

  it('refuses or scores whatever is done to a text', () => {
    const random = createRandom(51);
    const original = formatLightgbm(randomForest(52), features);
    const matrix = randomMatrix(random, 5, 4);
    const outcomes = new Set<boolean>();
    for (let i = 0; i < 3000; i++) {
      try {
        const { estimator } = parseLightgbm(mutateText(original, random));
        const wide = {
          ...matrix,
          columns: Array.from({ length: 4 }, (_, k) => matrix.columns[k]!),
        };
        predictMatrix(estimator, wide);
        outcomes.add(true);
      } catch (error) {
        if (!isGnuMlopsError(error)) throw error;
        outcomes.add(false);
      }
    }
    expect(outcomes).toEqual(new Set([true, false]));
  });
});

describe('formatLightgbm', () => {
  it('is read back with the same scores', () => {
    for (let seed = 60; seed < 80; seed++) {
      const forest = randomForest(seed);
      const matrix = randomMatrix(createRandom(seed), 50, 3);
      const random = createRandom(seed, 1);
      const categories = Float64Array.from({ length: 50 }, () =>
        random.nextFloat() < 0.1 ? NaN : random.nextInt(96),
      );
      const whole = { ...matrix, features, columns: [...matrix.columns, categories] };
      const again = parseLightgbm(formatLightgbm(forest, features)).estimator;
      const [ours, theirs] = [predictMatrix(forest, whole), predictMatrix(again, whole)];
      ours.forEach((value, row) => expect(theirs[row]).toBeCloseTo(value, 12));
    }
  });

  it('throws MODEL_EXPORT_UNSUPPORTED where a missing category goes left among unknown ones', () => {
    const tree = parseLightgbm(textOf(8)).estimator;
    const leftward = { ...tree, missingLeft: tree.missingLeft.map(() => 1) };
    const numeric: Feature[] = [0, 1].map((i) => ({ name: `f${i}`, kind: 'numeric' }));
    expect(() => formatLightgbm(leftward, numeric)).toThrow(
      expect.objectContaining({ code: 'MODEL_EXPORT_UNSUPPORTED' }),
    );
  });
});

describe('modelFromLightgbm', () => {
  it('scores tables by the names in the file', () => {
    const model = modelFromLightgbm(textOf(8, 0.5, 'binary sigmoid:1'), {
      classes: ['stays', 'leaves'],
      target: 'churn',
    });
    const table = {
      rowCount: 2,
      columns: new Map([
        ['b', { kind: 'numeric', values: Float64Array.of(0, 1) } as const],
        ['a', { kind: 'numeric', values: Float64Array.of(0, NaN) } as const],
      ]),
    };
    expect(predictTable(model, table)).toMatchObject({ labels: Int32Array.of(1, 1) });
  });

  it('throws MODEL_FOREIGN_OPTION for names or classes that do not fit', () => {
    const text = textOf(8, 0.5, 'binary sigmoid:1');
    for (const options of [
      { featureNames: ['x'] },
      { featureNames: ['x', 'x'] },
      { classes: ['a', 'b', 'c'] },
      { classes: ['a', 'a'] },
    ]) {
      expect(() => modelFromLightgbm(text, options)).toThrow(
        expect.objectContaining({ code: 'MODEL_FOREIGN_OPTION' }),
      );
    }
  });
});
