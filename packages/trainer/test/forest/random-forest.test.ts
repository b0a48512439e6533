import { type JsonObject, createRandom } from '@gnu-mlops/core';
import type { TreeEnsemble } from '@gnu-mlops/model';
import { describe, expect, it } from 'vitest';
import { drawBootstrap } from '../../src/forest/draw-bootstrap.ts';
import { featuresPerSplit } from '../../src/forest/forest-hyperparameters.ts';
import { scoreOutOfBag } from '../../src/forest/out-of-bag-score.ts';
import { fitAlgorithm } from '../../src/fit-algorithm.ts';
import type { NumberTarget, TrainingSet, TrainingTarget } from '../../src/training-set.ts';
import { matrixOf } from '../matrix-of.ts';

const oneTree = { n_estimators: 1, bootstrap: false, max_features: null, max_depth: null };
const random = createRandom(5);
const noise = (length: number) => Array.from({ length }, () => random.nextNormal());
const columns = Array.from({ length: 6 }, () => noise(300));
const labels = Int32Array.from(columns[0]!, (value, row) => Number(value + columns[1]![row]! > 0));
const classes: TrainingTarget = { task: 'classification', labels, classCount: 2 };
const numbers: NumberTarget = {
  task: 'regression',
  values: Float64Array.from(columns[0]!, (value, row) => value * columns[2]![row]!),
};

async function fitForest(
  hyperparameters: JsonObject,
  target: TrainingTarget = classes,
  matrix = matrixOf(columns),
) {
  const fit = await fitAlgorithm({
    algorithm: 'random_forest',
    hyperparameters,
    matrix,
    target,
    seed: 42,
  });
  return { ...fit, forest: fit.estimator as TreeEnsemble };
}

function depthOf(forest: TreeEnsemble, node = 0): number {
  if (forest.splitFeature[node]! < 0) return 0;
  return (
    1 + Math.max(...[forest.leftChild, forest.rightChild].map((c) => depthOf(forest, c[node]!)))
  );
}

describe('random_forest', () => {
  it.each([classes, numbers])(
    'is the same to the bit on 1, 2 and 5 threads ($task)',
    async (target) => {
      const request = {
        algorithm: 'random_forest',
        hyperparameters: { n_estimators: 23, oob_score: true },
        matrix: matrixOf(columns),
        target,
        seed: 42,
      };
      const [one, two, five] = await Promise.all(
        [1, 2, 5].map((threads) => fitAlgorithm(request, { threads })),
      );
      expect(two).toStrictEqual(one);
      expect(five).toStrictEqual(one);
      expect(await fitAlgorithm({ ...request, seed: 43 })).not.toEqual(one);
    },
  );

  it('obeys max_depth, min_samples_leaf, min_samples_split and max_leaf_nodes', async () => {
    const shallow = await fitForest({ ...oneTree, max_depth: 3 });
    expect(depthOf(shallow.forest)).toBe(3);
    const broad = await fitForest({ ...oneTree, min_samples_leaf: 20 });
    const leafCovers = broad.forest.cover.filter((_, node) => broad.forest.leafIndex[node]! >= 0);
    expect(Math.min(...leafCovers)).toBeGreaterThanOrEqual(20);
    const careful = await fitForest({ ...oneTree, min_samples_split: 50 });
    const splitCovers = careful.forest.cover.filter(
      (_, node) => careful.forest.leafIndex[node]! < 0,
    );
    expect(Math.min(...splitCovers)).toBeGreaterThanOrEqual(50);
    const few = await fitForest({ ...oneTree, max_leaf_nodes: 5 });
    expect(few.forest.leafIndex.filter((leaf) => leaf >= 0).length).toBe(5);
  });

  it('counts rows, not weights, for min_samples_leaf', async () => {
    const fit = await fitAlgorithm({
      algorithm: 'random_forest',
      hyperparameters: { ...oneTree, min_samples_leaf: 2 },
      matrix: matrixOf([[1, 2, 3, 4]]),
      target: { task: 'regression', values: Float64Array.of(0, 9, 9, 9) },
      weights: Float64Array.of(5, 5, 5, 5),
      seed: 1,
    });
    expect((fit.estimator as TreeEnsemble).threshold[0]).toBe(2.5);
  });

  it('says in cover how much weight reached each node', async () => {
    const { forest } = await fitForest({ n_estimators: 3 });
    for (const root of forest.treeStarts.subarray(0, 3)) expect(forest.cover[root]).toBe(300);
    forest.splitFeature.forEach((feature, node) => {
      if (feature < 0) return;
      const below =
        forest.cover[forest.leftChild[node]!]! + forest.cover[forest.rightChild[node]!]!;
      expect(below).toBe(forest.cover[node]);
    });
  });

  it('grows each tree on the rows of its bag', async () => {
    const { forest } = await fitForest(
      { n_estimators: 4, max_depth: 1 },
      numbers,
      matrixOf([columns[0]!]),
    );
    const values = (numbers as { values: Float64Array }).values;
    for (let tree = 0; tree < 4; tree++) {
      const bag = drawBootstrap(300, { seed: 42, tree });
      const root = forest.treeStarts[tree]!;
      const inBag = values.reduce((total, value, row) => total + value * bag[row]!, 0);
      const inLeaves = [forest.leftChild[root]!, forest.rightChild[root]!].reduce(
        (total, leaf) => total + forest.cover[leaf]! * forest.leafValues[forest.leafIndex[leaf]!]!,
        0,
      );
      expect(inLeaves).toBeCloseTo(inBag, 8);
    }
  });

  it('sends a missing value to the side where it decreases impurity', async () => {
    const values = Float64Array.of(1, 1, 5, 5, 1);
    const target: TrainingTarget = { task: 'regression', values };
    const left = await fitForest(oneTree, target, matrixOf([[1, 2, 3, 4, null]]));
    expect([left.forest.threshold[0], left.forest.missingLeft[0]]).toEqual([2.5, 1]);
    values[4] = 5;
    const right = await fitForest(oneTree, target, matrixOf([[1, 2, 3, 4, null]]));
    expect([right.forest.threshold[0], right.forest.missingLeft[0]]).toEqual([2.5, 0]);
  });

  it('splits missing from present where that is the best there is', async () => {
    const target: TrainingTarget = { task: 'regression', values: Float64Array.of(1, 1, 5, 5) };
    const { forest } = await fitForest(oneTree, target, matrixOf([[8, 7, null, null]]));
    expect([forest.threshold[0], forest.missingLeft[0]]).toEqual([Number.MAX_VALUE, 0]);
    expect([...forest.leafValues]).toEqual([1, 5]);
  });

  it('sends missing values, where training had none, to the heavier side', async () => {
    const target: TrainingTarget = { task: 'regression', values: Float64Array.of(1, 5, 5, 5) };
    const { forest } = await fitForest(oneTree, target, matrixOf([[1, 2, 3, 4]]));
    expect([forest.threshold[0], forest.missingLeft[0]]).toEqual([1.5, 0]);
    target.values.set([1, 1, 1, 5]);
    const other = await fitForest(oneTree, target, matrixOf([[1, 2, 3, 4]]));
    expect([other.forest.threshold[0], other.forest.missingLeft[0]]).toEqual([3.5, 1]);
  });

  it('draws on when all features drawn so far are constant', async () => {
    const constants = Array.from({ length: 30 }, () => columns[0]!.map(() => 1));
    const { forest } = await fitForest(
      { n_estimators: 5, max_features: 0.01, max_depth: 1 },
      classes,
      matrixOf([...constants, columns[0]!]),
    );
    for (const root of forest.treeStarts.subarray(0, 5)) expect(forest.splitFeature[root]).toBe(30);
  });

  it('predicts the target itself from leaves of equal values, far from the origin too', async () => {
    const values = Float64Array.of(1e12 + 0.1, 1e12 + 0.2, 1e12 + 0.3);
    const { forest } = await fitForest(
      oneTree,
      { task: 'regression', values },
      matrixOf([[1, 2, 3]]),
    );
    expect([...forest.leafValues].toSorted()).toEqual([...values]);
  });

  it('splits 300 values over 8 bins as well as their bounds allow', async () => {
    const { forest } = await fitForest(
      { ...oneTree, max_bins: 8 },
      numbers,
      matrixOf([columns[0]!]),
    );
    const thresholds = new Set(forest.threshold.filter((_, node) => forest.leafIndex[node]! < 0));
    expect(thresholds.size).toBe(7);
  });

  it('scores rows outside the bags: above chance, below the rows it has seen', async () => {
    const { outOfBagScore } = await fitForest({ n_estimators: 60, oob_score: true });
    expect(outOfBagScore).toBeGreaterThan(0.85);
    expect(outOfBagScore).toBeLessThan(1);
    const regression = await fitForest({ n_estimators: 60, oob_score: true }, numbers);
    expect(regression.outOfBagScore).toBeGreaterThan(0.5);
    expect(regression.outOfBagScore).toBeLessThan(1);
    expect(await fitForest({ n_estimators: 2 })).not.toHaveProperty('outOfBagScore');
  });

  it.each([2 ** 600, 2 ** -600])(
    'is the same for targets and weights in units of %d',
    async (unit) => {
      const fit = (scale: number) =>
        fitAlgorithm({
          algorithm: 'random_forest',
          hyperparameters: { n_estimators: 3 },
          matrix: matrixOf(columns),
          target: { task: 'regression', values: numbers.values.map((value) => value * scale) },
          weights: new Float64Array(300).fill(2 * scale),
          seed: 42,
        });
      const plain = await fit(1);
      const scaled = await fit(unit);
      expect(scaled.importances).toEqual(plain.importances);
      const [own, forest] = [plain, scaled].map(({ estimator }) => estimator as TreeEnsemble);
      expect(forest!.threshold).toEqual(own!.threshold);
      expect(forest!.leafValues).toEqual(own!.leafValues.map((value) => value * unit));
      expect(forest!.cover).toEqual(own!.cover!.map((weight) => weight * unit));
    },
  );

  it('lets a signal end the out-of-bag score between two trees', async () => {
    const { forest } = await fitForest({ n_estimators: 5 });
    const set: TrainingSet = {
      matrix: matrixOf(columns),
      target: classes,
      weights: new Float64Array(300).fill(1),
      seed: 42,
    };
    let rests = 0;
    const pace = {
      isDue: () => true,
      rest: () => (++rests < 3 ? Promise.resolve() : Promise.reject(new Error('cancelled'))),
    };
    await expect(scoreOutOfBag(forest, set, pace)).rejects.toThrow('cancelled');
    expect(rests).toBe(3);
  });

  it('throws TRAINER_HYPERPARAMETER_INVALID for an out-of-bag score without bags', async () => {
    await expect(fitForest({ oob_score: true, bootstrap: false })).rejects.toMatchObject({
      code: 'TRAINER_HYPERPARAMETER_INVALID',
      hyperparameter: 'oob_score',
    });
  });
});

describe('featuresPerSplit', () => {
  it.each([
    ['sqrt', 40, 6],
    ['log2', 40, 5],
    ['log2', 1, 1],
    [null, 40, 40],
    [1, 40, 40],
    [0.5, 5, 2],
    [0.01, 5, 1],
    [3, 5, 3],
    [30, 5, 5],
  ] as const)('%s of %i features is %i', (maxFeatures, featureCount, expected) => {
    expect(featuresPerSplit(maxFeatures, featureCount)).toBe(expected);
  });
});
