import { createRandom } from '@gnu-mlops/core';
import { assembleForest, predictMatrix } from '@gnu-mlops/model';
import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type BoostingTask, boost } from '../../src/boosting/boost.ts';
import type { BoostingSettings } from '../../src/boosting/boosting-settings.ts';
import { fitEstimator } from '../../src/fit-algorithm.ts';
import { boostingTask } from './boosting-data.ts';

/** Two classes by the secret odds of categories; the second feature is a number. */
function categoryTask(
  rowCount: number,
  levels: readonly number[],
  settings: Partial<BoostingSettings> = {},
): BoostingTask {
  const random = createRandom(11, rowCount, ...levels);
  const odds = levels.map((count) =>
    Float64Array.from({ length: count }, () => random.nextNormal()),
  );
  const columns = levels.map(() => new Float64Array(rowCount));
  const amounts = Float64Array.from({ length: rowCount }, () => random.nextNormal());
  const targets = amounts.map((amount, row) => {
    let sum = amount + random.nextNormal();
    columns.forEach((column, f) => {
      column[row] = random.nextInt(levels[f]!);
      sum += 2 * odds[f]![column[row]!]!;
      if (random.nextInt(20) === 0) column[row] = NaN;
    });
    return sum > 0 ? 1 : 0;
  });
  const [first, ...others] = columns;
  return {
    ...boostingTask(rowCount, settings),
    targets,
    matrix: mixed([first!, amounts, ...others]),
  };
}

function mixed(columns: readonly Float64Array[]): FeatureMatrix {
  const features = columns.map((_, i) =>
    i === 1
      ? ({ name: 'amount', kind: 'numeric' } as const)
      : ({ name: `c${i}`, kind: 'categorical' } as const),
  );
  return { rowCount: columns[0]!.length, features, columns };
}

async function scoresOf(task: BoostingTask, matrix = task.matrix): Promise<Float64Array> {
  const { trees, baseScore } = await boost(task, { threads: 1 });
  const shape = { outputCount: 1, aggregation: 'sum', baseScore } as const;
  return predictMatrix(assembleForest(trees, shape), matrix);
}

function shareRight({ targets }: BoostingTask, scores: Float64Array): number {
  return scores.filter((score, row) => score > 0 === (targets[row] === 1)).length / scores.length;
}

const variants: Record<string, Partial<BoostingSettings>> = {
  'leaf by leaf': {},
  'level by level': { growth: 'level_by_level', maxLeaves: Infinity, maxDepth: 5 },
  'under an L1 penalty': { l1: 0.5 },
  'on shares of rows and features': { rowShare: 0.7, rowShareRounds: 2, featureShare: 0.6 },
};

describe('boost, over categories', () => {
  afterEach(() => vi.unstubAllGlobals());

  for (const [name, settings] of Object.entries(variants)) {
    it(`makes the same trees on one thread, on three, and without WebAssembly, ${name}`, async () => {
      const task = categoryTask(6000, [3, 40, 600], { ...settings, rounds: 8 });
      const alone = await boost(task, { threads: 1 });
      expect(alone.trees.some(({ categorySets }) => categorySets !== undefined)).toBe(true);
      expect(await boost(task, { threads: 3 })).toStrictEqual(alone);
      vi.stubGlobal('WebAssembly', undefined);
      expect(await boost(task, { threads: 1 })).toStrictEqual(alone);
    });
  }

  it('learns what categories say, few, many, and ten thousand', async () => {
    const eager = { ...boostingTask(1).settings.categories, minRowsPerCategory: 1, smoothing: 1 };
    for (const levels of [3, 40, 10_000]) {
      const categories = levels > 1000 ? eager : boostingTask(1).settings.categories;
      const settings = { categories, rounds: 20, learningRate: 0.3 };
      const task = categoryTask(25_000, [levels], settings);
      const blind = {
        ...task,
        matrix: mixed([task.matrix.columns[0]!.map(() => 0), task.matrix.columns[1]!]),
      };
      const right = shareRight(task, await scoresOf(task));
      expect(right - shareRight(blind, await scoresOf(blind)), `${levels}`).toBeGreaterThan(0.015);
    }
  });

  it('parts the categories of the largest gradients from the others', async () => {
    // Categories 2 and 5 of seven are of class 1; a tree of two leaves must find just them.
    const codes = Float64Array.from({ length: 1400 }, (_, row) => row % 7);
    const targets = codes.map((code) => (code === 2 || code === 5 ? 1 : 0));
    const settings = { rounds: 1, maxLeaves: 2 };
    const task = { ...categoryTask(1400, [7], settings), targets };
    const { trees } = await boost({ ...task, matrix: mixed([codes, codes.map(() => 0)]) }, {});
    const [{ categorySets, leafValues, leftChild, leafIndex }] = trees as [(typeof trees)[0]];
    const words = [...categorySets!.words];
    const left = leafValues[leafIndex[leftChild[0]!]!]!;
    expect(words).toEqual([(1 << 2) | (1 << 5)]);
    expect(left).toBeGreaterThan(0);
    // The Newton step under cat_l2: 400 rows of gradient 1 - 2/7 and hessian 10/49.
    expect(left).toBeCloseTo((0.1 * (400 * (5 / 7))) / (400 * (10 / 49) + 10), 5);
  });

  it('parts one of few categories from the others, without cat_l2', async () => {
    const codes = Float64Array.from({ length: 900 }, (_, row) => row % 3);
    const targets = codes.map((code) => (code === 1 ? 1 : 0));
    const task = { ...categoryTask(900, [3], { rounds: 1, maxLeaves: 2 }), targets };
    const { trees } = await boost({ ...task, matrix: mixed([codes, codes.map(() => 0)]) }, {});
    const [{ categorySets, leafValues, leftChild, leafIndex }] = trees as [(typeof trees)[0]];
    expect([...categorySets!.words]).toEqual([1 << 1]);
    const left = leafValues[leafIndex[leftChild[0]!]!]!;
    expect(left).toBeCloseTo(0.1 * ((300 * (2 / 3)) / (300 * (2 / 9))), 5);
  });

  it('sends unknown, rare and missing categories the same way', async () => {
    const task = categoryTask(3000, [12]);
    // One row of a category: too few to be named.
    task.matrix.columns[0]![17] = 40;
    const cells = Float64Array.of(NaN, 12, 40, 500_000);
    const scores = await scoresOf(task, mixed([cells, cells.map(() => 0.2)]));
    expect(new Set(scores).size).toBe(1);
  });

  it('takes a whole weight for the row repeated', async () => {
    const rules = {
      ...boostingTask(1).settings.categories,
      minRowsPerCategory: 1,
      minRowsPerGroup: 1,
    };
    const task = categoryTask(800, [6, 30], { categories: rules, minRowsPerLeaf: 1, rounds: 10 });
    const random = createRandom(3);
    // Bins of few values are the same whatever their counts.
    task.matrix.columns[1]!.forEach((value, row, all) => (all[row] = Math.round(8 * value)));
    const weights = task.weights.map(() => 1 + random.nextInt(3));
    const rows = Array.from(weights, (weight, row) => new Array<number>(weight).fill(row)).flat();
    const repeated = {
      ...task,
      targets: Float64Array.from(rows, (row) => task.targets[row]!),
      weights: new Float64Array(rows.length).fill(1),
      matrix: mixed(task.matrix.columns.map((c) => Float64Array.from(rows, (row) => c[row]!))),
    };
    const expected = await scoresOf(repeated, task.matrix);
    (await scoresOf({ ...task, weights })).forEach((score, row) =>
      expect(score).toBeCloseTo(expected[row]!, 8),
    );
  });

  it('does not depend on how categories are numbered', async () => {
    const task = categoryTask(4000, [9], { rounds: 10 });
    const order = [4, 7, 1, 0, 8, 3, 2, 6, 5];
    const [codes, amounts] = task.matrix.columns as [Float64Array, Float64Array];
    const renumbered = codes.map((code) => (code === code ? 100 * order[code]! : NaN));
    const scores = await scoresOf({ ...task, matrix: mixed([renumbered, amounts]) });
    const expected = await scoresOf(task);
    scores.forEach((score, row) => expect(score).toBeCloseTo(expected[row]!, 10));
  });

  it('bears a category that is the same in all rows, or missing in all', async () => {
    for (const value of [5, NaN]) {
      const task = categoryTask(500, [4]);
      const columns = [task.matrix.columns[0]!.map(() => value), task.matrix.columns[1]!];
      const { gains, trees } = await boost({ ...task, matrix: mixed(columns) }, {});
      expect(gains[0]).toBe(0);
      expect(trees.length).toBe(20);
    }
  });

  it.each([1.5, -1, 2 ** 20])(
    'throws TRAINER_INPUT_INVALID for %d as a category',
    async (value) => {
      const task = categoryTask(100, [4]);
      task.matrix.columns[0]![30] = value;
      await expect(boost(task, {})).rejects.toMatchObject({
        code: 'TRAINER_INPUT_INVALID',
        subject: 'c0',
      });
    },
  );
});

describe('categorical_feature', () => {
  const { matrix, targets } = categoryTask(300, [5]);
  const request = (hyperparameters: Record<string, string[] | number[]>) => ({
    algorithm: 'lightgbm',
    matrix,
    target: { task: 'classification', labels: Int32Array.from(targets), classCount: 2 } as const,
    hyperparameters,
    seed: 1,
  });

  it('throws TRAINER_HYPERPARAMETER_INVALID for a feature of numbers, and for one that is not there', async () => {
    await expect(fitEstimator(request({ categorical_feature: ['amount'] }))).rejects.toThrow(
      '"amount" is one of numbers',
    );
    await expect(fitEstimator(request({ cat_feature: ['plan'] }))).rejects.toThrow(
      '"plan" is no feature of the matrix',
    );
    const fitted = await fitEstimator(request({ categorical_feature: ['c0'] }));
    expect(fitted).toStrictEqual(await fitEstimator(request({})));
  });

  it('throws TRAINER_HYPERPARAMETER_INVALID for a monotone constraint on categories', async () => {
    await expect(fitEstimator(request({ monotone_constraints: [1, 0] }))).rejects.toThrow(
      '0 for "c0", whose categories have no order',
    );
  });
});
