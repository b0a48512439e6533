import { measureRocAuc } from '@gnu-mlops/core';
import { assembleForest, predictMatrix } from '@gnu-mlops/model';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type BoostingTask, boost } from '../../src/boosting/boost.ts';
import type { BoostingSettings } from '../../src/boosting/boosting-settings.ts';
import { openObjective } from '../../src/boosting/open-objective.ts';
import { boostingTask, matrixFrom } from './boosting-data.ts';

async function scoresOf(task: BoostingTask, matrix = task.matrix): Promise<Float64Array> {
  const { trees, baseScore } = await boost(task, { threads: 1 });
  const { outputCount } = openObjective(task.settings.objective);
  const estimator = assembleForest(trees, { outputCount, aggregation: 'sum', baseScore });
  return predictMatrix(estimator, matrix);
}

function aucOf(targets: Float64Array, scores: Float64Array): number {
  const withTarget = (wanted: number) => scores.filter((_, row) => targets[row] === wanted);
  return measureRocAuc(withTarget(1), withTarget(0));
}

const variants: Record<string, Partial<BoostingSettings>> = {
  'leaf by leaf': {},
  'level by level': { growth: 'level_by_level', maxLeaves: Infinity, maxDepth: 5, l2: 1 },
  'under an L1 penalty': { l1: 0.5 },
  'with constraints': { monotone: [0, 0, 1, 0, 0, 0, 1] },
  'on shares of rows and features': { rowShare: 0.7, rowShareRounds: 2, featureShare: 0.6 },
};

describe('boost', () => {
  afterEach(() => vi.unstubAllGlobals());

  for (const [name, settings] of Object.entries(variants)) {
    it(`makes the same trees on one thread and on three, ${name}`, async () => {
      const task = boostingTask(40_000, { ...settings, rounds: 15 });
      const alone = await boost(task, { threads: 1 });
      const together = await boost(task, { threads: 3 });
      expect(alone.trees.length).toBe(15);
      expect(together).toStrictEqual(alone);
    });

    it(`makes the same trees without WebAssembly, ${name}`, async () => {
      const task = boostingTask(3000, settings);
      const compiled = await boost(task, { threads: 1 });
      vi.stubGlobal('WebAssembly', undefined);
      expect(await boost(task, { threads: 1 })).toStrictEqual(compiled);
    });

    it(`learns, ${name}`, async () => {
      const test = boostingTask(4000, {}, 6);
      const scores = await scoresOf(boostingTask(4000, settings), test.matrix);
      expect(aucOf(test.targets, scores)).toBeGreaterThan(0.82);
    });
  }

  it('makes the same trees where there is no shared memory at all', async () => {
    const task = boostingTask(500);
    const compiled = await boost(task, { threads: 1 });
    vi.stubGlobal('SharedArrayBuffer', undefined);
    expect(await boost(task, {})).toStrictEqual(compiled);
  });

  it('makes the same trees when there is no room to keep the histograms', async () => {
    const columns = Array.from({ length: 4100 }, (_, f) =>
      Float64Array.from({ length: 300 }, (_, row) => ((row * (f + 3)) % 17) + row / 1000),
    );
    const targets = Float64Array.from({ length: 300 }, (_, row) => Number(row % 17 > 8));
    const rows = { ...boostingTask(300), matrix: matrixFrom(columns), targets };
    const wide = { ...rows.settings, rounds: 2, maxLeaves: 64, minRowsPerLeaf: 1 };
    const { trees } = await boost({ ...rows, settings: wide }, { threads: 1 });
    const scores = await scoresOf({ ...rows, settings: wide });
    expect(trees.length).toBe(2);
    expect(aucOf(targets, scores)).toBeGreaterThan(0.99);
  });

  it('gives one leaf of nothing for one row', async () => {
    const one = boostingTask(1, { objective: { name: 'squared' } });
    const { trees, baseScore } = await boost(one, {});
    expect(trees.length).toBe(1);
    expect([...trees[0]!.splitFeature]).toEqual([-1]);
    expect([...baseScore]).toEqual([one.targets[0]]);
  });

  it('sends values it has not seen missing with the larger part', async () => {
    const column = Float64Array.from({ length: 100 }, (_, row) => row);
    const targets = column.map((value) => (value < 30 ? 0 : 1));
    const task = { ...boostingTask(100), matrix: matrixFrom([column]), targets };
    const scores = await scoresOf(task, matrixFrom([Float64Array.of(NaN, 10, 90)]));
    expect(scores[0]).toBe(scores[2]);
    expect(scores[1]).toBeLessThan(scores[2]!);
  });

  it('keeps scores rising with a feature whose constraint says so, and falling with another', async () => {
    const settings: Partial<BoostingSettings> = { monotone: [1, -1], rounds: 40 };
    const noisy = boostingTask(2000, settings);
    const columns = noisy.matrix.columns.slice(2, 4);
    const targets = noisy.targets.map((_, row) => (Math.sin(3 * columns[0]![row]!) > 0 ? 1 : 0));
    const task = { ...noisy, matrix: matrixFrom(columns), targets };
    const steps = Float64Array.from({ length: 200 }, (_, i) => (i - 100) / 30);
    const fixed = new Float64Array(200).fill(0.3);
    const rising = await scoresOf(task, matrixFrom([steps, fixed]));
    const falling = await scoresOf(task, matrixFrom([fixed, steps]));
    rising.forEach((score, i) => i > 0 && expect(score).toBeGreaterThanOrEqual(rising[i - 1]!));
    falling.forEach((score, i) => i > 0 && expect(score).toBeLessThanOrEqual(falling[i - 1]!));
    const free = await scoresOf(
      { ...task, settings: { ...task.settings, monotone: [] } },
      matrixFrom([steps, fixed]),
    );
    expect(free.some((score, i) => i > 0 && score < free[i - 1]!)).toBe(true);
  });

  it('stops early, and keeps the rounds up to the best one', async () => {
    const validation = boostingTask(1000, {}, 9);
    const task = boostingTask(600, { rounds: 400, patience: 10, learningRate: 0.3 });
    const { trees } = await boost({ ...task, validation }, { threads: 1 });
    expect(trees.length).toBeGreaterThan(3);
    expect(trees.length).toBeLessThan(100);
  });

  it.each([
    [{ name: 'absolute' } as const, 0.5],
    [{ name: 'quantile', alpha: 0.9 } as const, 0.9],
    [{ name: 'quantile', alpha: 0.2 } as const, 0.2],
  ])('puts the right share of the targets below the prediction: %o', async (objective, share) => {
    const task = boostingTask(4000, { objective, rounds: 60 });
    const column = task.matrix.columns[2]!;
    const targets = column.map((value, row) => 10 * value + task.matrix.columns[3]![row]! ** 2);
    const scores = await scoresOf({ ...task, targets });
    const below = targets.filter((target, row) => target < scores[row]!).length / targets.length;
    expect(below).toBeGreaterThan(share - 0.05);
    expect(below).toBeLessThan(share + 0.05);
  });

  it.each([
    { name: 'huber', alpha: 0.9 } as const,
    { name: 'pseudo_huber', alpha: 1 } as const,
    { name: 'squared' } as const,
  ])('comes close to a smooth target: %o', async (objective) => {
    const task = boostingTask(4000, { objective, rounds: 150 });
    const [, , c, d] = task.matrix.columns as Float64Array[];
    const targets = c!.map((value, row) => value + d![row]! ** 2);
    const scores = await scoresOf({ ...task, targets });
    const errors = targets.map((target, row) => (target - scores[row]!) ** 2);
    expect(errors.reduce((sum, error) => sum + error, 0) / 4000).toBeLessThan(0.1);
  });

  it('copes with weights that differ by nine orders of magnitude', async () => {
    const task = boostingTask(3000);
    const weights = task.weights.map((_, row) => (row === 0 ? 1e9 : 1));
    const scores = await scoresOf({ ...task, weights });
    expect(scores.every(Number.isFinite)).toBe(true);
  });

  it.each<[string, Partial<BoostingTask>]>([
    ['steps that are too long', {}],
    ['targets', { targets: new Float64Array(500).map((_, row) => (row % 2) * 1e90) }],
    ['targets that are no numbers', { targets: new Float64Array(500).fill(NaN) }],
    ['weights', { weights: new Float64Array(500).fill(1e90) }],
  ])('throws TRAINER_DIVERGED where gradients outgrow their sums, by %s', async (_, part) => {
    const settings = { objective: { name: 'squared' }, learningRate: 10, rounds: 200 } as const;
    const boosting = boost({ ...boostingTask(500, settings), ...part }, { threads: 1 });
    await expect(boosting).rejects.toMatchObject({ code: 'TRAINER_DIVERGED' });
    await expect(boosting).rejects.toThrow(/"lightgbm" .* in round \d+\. Lower learning_rate/);
  });

  const huber = { name: 'huber', alpha: 0.9 } as const;
  it.each<[string, Partial<BoostingSettings>, number]>([
    ['a leaf', { learningRate: 1e308, rounds: 1 }, 1],
    ['a leaf whose gradients stay small', { learningRate: 50, rounds: 1000 }, 182],
    ['a sum of leaves', { objective: huber, learningRate: 7e307, rounds: 9 }, 3],
  ])('throws TRAINER_DIVERGED where %s is beyond all numbers', async (_, part, round) => {
    const task = boostingTask(500, { objective: { name: 'quantile', alpha: 0.9 }, ...part });
    const targets = Float64Array.from(task.matrix.columns[1]!, (value) => 10 * value);
    const boosting = boost({ ...task, targets }, { threads: 1 });
    await expect(boosting).rejects.toMatchObject({ code: 'TRAINER_DIVERGED', epoch: round });
  });

  it('throws TRAINER_CANCELLED when its signal aborts on the way', async () => {
    const cancel = new AbortController();
    const onProgress = () => cancel.abort(new Error('enough'));
    const boosting = boost(boostingTask(2000), { signal: cancel.signal, onProgress });
    await expect(boosting).rejects.toMatchObject({ code: 'TRAINER_CANCELLED' });
  });
});
