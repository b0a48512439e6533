import {
  type Column,
  type JsonObject,
  type Table,
  cellValue,
  createRandom,
  createTable,
} from '@gnu-mlops/core';
import {
  type Estimator,
  type Predictions,
  formatModel,
  parseModel,
  predictMatrix,
  predictTable,
} from '@gnu-mlops/model';
import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import { describe, expect, it } from 'vitest';
import type { Algorithm } from '../src/algorithm.ts';
import { type FitRequest, fitAlgorithm, fitEstimator } from '../src/fit-algorithm.ts';
import { trainModel } from '../src/train-model.ts';
import type { TrainingTarget } from '../src/training-set.ts';
import { matrixOf } from './matrix-of.ts';

/** What the suite must know about an algorithm beyond its table entry. */
export interface ContractOptions {
  /** Keeps fits small, and leaves out what repetition of rows would change by design. */
  readonly hyperparameters: JsonObject;
  readonly missingValues: 'learned' | 'refused';
}

const rowCount = 90;
const classNames = ['low', 'middle', 'high'];

/** Whole numbers throughout, so that sums over repeated and over weighted rows are equal to the bit. */
function table(rows = rowCount, featureCount = 4): number[][] {
  const random = createRandom(7, rows, featureCount);
  return Array.from({ length: featureCount }, () =>
    Array.from({ length: rows }, () => random.nextInt(41) - 20),
  );
}

function targetOf(columns: readonly number[][], task: Algorithm['tasks'][number]): TrainingTarget {
  const random = createRandom(8);
  const values = columns[0]!.map(
    (value, row) => 2 * value - columns[1]![row]! + random.nextInt(21) - 10,
  );
  if (task === 'regression') return { task, values: Float64Array.from(values) };
  const labels = Int32Array.from(values, (value) => (value < -15 ? 0 : value < 15 ? 1 : 2));
  return { task, labels, classCount: 3, classes: classNames };
}

/** What every algorithm promises, for each of its tasks. */
export function describeAlgorithmContract(algorithm: Algorithm, options: ContractOptions): void {
  for (const task of algorithm.tasks) {
    describe(`${algorithm.name}, ${task}`, () => {
      const columns = table();
      const target = targetOf(columns, task);
      const request: FitRequest = {
        algorithm: algorithm.name,
        hyperparameters: options.hyperparameters,
        matrix: matrixOf(columns),
        target,
        seed: 42,
      };
      const width = task === 'classification' ? 3 : 1;
      const score = (estimator: Estimator, matrix: FeatureMatrix = request.matrix) =>
        predictMatrix(estimator, matrix);

      it('makes the same estimator from the same seed, on one thread, on two and on three', async () => {
        const [first, ...others] = await Promise.all(
          [1, 1, 2, 3].map((threads) => fitEstimator(request, { threads })),
        );
        for (const other of others) expect(other).toStrictEqual(first);
      });

      it('scores the same once saved and loaded, to the bit', async () => {
        const rows = tableOf(columns, target);
        const { model } = await trainModel(trainRequest(rows, algorithm.name, options));
        expect(predictTable(parseModel(formatModel(model)), rows)).toStrictEqual(
          predictTable(model, rows),
        );
      });

      it('bears ten thousand categories', async () => {
        const tall = manyCategories(task);
        const { model } = await trainModel(trainRequest(tall, algorithm.name, options));
        const predictions = predictTable(model, tall);
        const outputs = 'values' in predictions ? predictions.values : predictions.probabilities;
        expect(outputs.every(Number.isFinite)).toBe(true);
        expect(isBetterThanChance(predictions, tall)).toBe(true);
      });

      it('learns: it beats a constant on the rows it has seen', async () => {
        const outputs = score(await fitEstimator(request));
        expect(outputs.length).toBe(rowCount * width);
        expect(meanLoss(outputs, target)).toBeLessThan(0.6 * meanLoss(constantFor(target), target));
      });

      it('gives probabilities that add up to 1, or finite numbers', async () => {
        const outputs = score(await fitEstimator(request));
        for (let row = 0; row < rowCount; row++) {
          const cells = outputs.subarray(row * width, (row + 1) * width);
          expect(cells.every(Number.isFinite)).toBe(true);
          if (task === 'classification') expect(sum(cells)).toBeCloseTo(1, 12);
        }
      });

      it('shares importance out over the features', async () => {
        const { importances } = await fitAlgorithm(request);
        expect(importances.length).toBe(columns.length);
        expect(sum(importances)).toBeCloseTo(1, 12);
        expect(importances.every((importance) => importance >= 0)).toBe(true);
        expect(importances.indexOf(Math.max(...importances))).toBe(0);
      });

      it('takes a whole weight for the row repeated, and weight 0 for no row', async () => {
        const random = createRandom(9);
        const weights = Float64Array.from({ length: rowCount }, () => random.nextInt(4));
        const repeated = Array.from(weights, (weight, row) => new Array(weight).fill(row)).flat();
        const weighted = await fitEstimator({ ...request, weights });
        const expanded = await fitEstimator({
          ...request,
          matrix: matrixOf(columns.map((column) => repeated.map((row) => column[row]!))),
          target: takeTarget(target, repeated),
        });
        const expected = score(expanded);
        score(weighted).forEach((output, i) => expect(output).toBeCloseTo(expected[i]!, 8));
      });

      it('bears a constant feature and gives it no importance', async () => {
        const constant = columns[0]!.map(() => 3);
        const { importances } = await fitAlgorithm({
          ...request,
          matrix: matrixOf([constant, ...columns]),
        });
        expect(importances[0]).toBeCloseTo(0, 12);
      });

      it('bears features that are all constant', async () => {
        const matrix = matrixOf([columns[0]!.map(() => 3)]);
        const { estimator, importances } = await fitAlgorithm({ ...request, matrix });
        expect([...importances]).toEqual([0]);
        const outputs = score(estimator, matrix);
        constantFor(target).forEach((value, i) => expect(outputs[i]).toBeCloseTo(value, 4));
      });

      it('bears more features than rows', async () => {
        const wide = table(12, 30);
        const matrix = matrixOf(wide);
        const estimator = await fitEstimator({ ...request, matrix, target: targetOf(wide, task) });
        expect(score(estimator, matrix).every(Number.isFinite)).toBe(true);
      });

      if (options.missingValues === 'learned') {
        it('bears a feature that is missing in every row', async () => {
          const gap = columns[0]!.map(() => null);
          const matrix = matrixOf([gap, ...columns]);
          const { estimator, importances } = await fitAlgorithm({ ...request, matrix });
          expect(importances[0]).toBe(0);
          expect(score(estimator, matrix).every(Number.isFinite)).toBe(true);
        });

        it('learns from which cells are missing', async () => {
          const isHigh = targetOf(columns, 'regression');
          const gappy = columns[0]!.map((_, row) =>
            isHigh.task === 'regression' && isHigh.values[row]! > 0 ? null : 5,
          );
          const { importances } = await fitAlgorithm({ ...request, matrix: matrixOf([gappy]) });
          expect([...importances]).toEqual([1]);
        });
      } else {
        it('throws TRAINER_FEATURE_MISSING_VALUES naming a feature with a missing value', async () => {
          const gappy = columns[1]!.map((value, row) => (row === 4 ? null : value));
          const fitting = fitEstimator({ ...request, matrix: matrixOf([columns[0]!, gappy]) });
          await expect(fitting).rejects.toMatchObject({
            code: 'TRAINER_FEATURE_MISSING_VALUES',
            feature: 'b',
            firstRow: 4,
          });
        });
      }

      it('throws TRAINER_INPUT_INVALID naming a feature with an infinite value', async () => {
        const endless = columns[1]!.map((value, row) => (row === 4 ? -Infinity : value));
        const fitting = fitEstimator({ ...request, matrix: matrixOf([columns[0]!, endless]) });
        await expect(fitting).rejects.toMatchObject({
          code: 'TRAINER_INPUT_INVALID',
          subject: 'b',
        });
      });

      it('throws TRAINER_MATRIX_EMPTY without rows, without features, without weights', async () => {
        const empty = takeTarget(target, []);
        const withoutRows = { ...request, matrix: matrixOf([[]]), target: empty };
        const withoutFeatures = { ...request, matrix: { ...matrixOf([]), rowCount } };
        const weightless = { ...request, weights: new Float64Array(rowCount) };
        for (const bare of [withoutRows, withoutFeatures, weightless]) {
          await expect(fitEstimator(bare)).rejects.toMatchObject({ code: 'TRAINER_MATRIX_EMPTY' });
        }
      });

      it('throws TRAINER_CANCELLED when its signal has aborted', async () => {
        const fitting = fitEstimator(request, { signal: AbortSignal.abort() });
        await expect(fitting).rejects.toMatchObject({ code: 'TRAINER_CANCELLED' });
      });

      it('ends its progress with all steps done', async () => {
        const steps: number[] = [];
        await fitEstimator(request, { onProgress: ({ done, total }) => steps.push(done / total) });
        expect(steps.at(-1)).toBe(1);
        expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      });

      if (task === 'classification') {
        it('throws TRAINER_ONE_CLASS naming the class', async () => {
          const labels = new Int32Array(rowCount).fill(2);
          const fitting = fitEstimator({
            ...request,
            target: { task, labels, classCount: 3, classes: classNames },
          });
          await expect(fitting).rejects.toMatchObject({ code: 'TRAINER_ONE_CLASS' });
          await expect(fitting).rejects.toThrow('All 90 training rows are of class "high"');
        });

        it('bears a class that has no rows, and gives it next to no probability', async () => {
          const labels = (target as { labels: Int32Array }).labels.map((label) => label % 2);
          const estimator = await fitEstimator({
            ...request,
            target: { task, labels, classCount: 3 },
          });
          const outputs = score(estimator);
          const absent = outputs.filter((_, i) => i % 3 === 2);
          expect(sum(absent) / rowCount).toBeLessThan(0.05);
        });

        it('weighs a class by class_weight as its rows by weights', async () => {
          const { labels } = target as { labels: Int32Array };
          const byClass = await fitEstimator({
            ...request,
            hyperparameters: { ...options.hyperparameters, class_weight: { low: 3 } },
          });
          const byRow = await fitEstimator({
            ...request,
            weights: Float64Array.from(labels, (label) => (label === 0 ? 3 : 1)),
          });
          const expected = score(byRow);
          score(byClass).forEach((output, i) => expect(output).toBeCloseTo(expected[i]!, 8));
        });

        it('throws TRAINER_HYPERPARAMETER_INVALID for the weight of a class that is not there', async () => {
          const fitting = fitEstimator({
            ...request,
            hyperparameters: { ...options.hyperparameters, class_weight: { tall: 3 } },
          });
          await expect(fitting).rejects.toThrow('a map over the classes low, middle, high');
        });
      }
    });
  }
}

function tableOf(columns: readonly number[][], target: TrainingTarget): Table {
  const features = columns.map(
    (column, i) =>
      [`x${i}`, { kind: 'numeric', values: Float64Array.from(column) }] as [string, Column],
  );
  return createTable([...features, ['y', columnOf(target)]]);
}

function columnOf(target: TrainingTarget): Column {
  return target.task === 'regression'
    ? { kind: 'numeric', values: target.values }
    : { kind: 'categorical', codes: target.labels, dictionary: classNames };
}

/** A number that tells the target, beside a text that is another in almost every row. */
function manyCategories(task: Algorithm['tasks'][number]): Table {
  const random = createRandom(10);
  const count = 10_000;
  const numbers = Float64Array.from({ length: count }, () => random.nextInt(41) - 20);
  const dictionary = Array.from({ length: count }, (_, i) => `code ${i}`);
  const labels = Int32Array.from(numbers, (value) => (value < -7 ? 0 : value < 7 ? 1 : 2));
  const target: TrainingTarget =
    task === 'regression'
      ? { task, values: numbers.map((value) => 3 * value + random.nextInt(3)) }
      : { task, labels, classCount: 3 };
  return createTable([
    ['code', { kind: 'categorical', codes: Int32Array.from(labels.keys()), dictionary }],
    ['x', { kind: 'numeric', values: numbers }],
    ['y', columnOf(target)],
  ]);
}

function trainRequest(table: Table, algorithm: string, { hyperparameters }: ContractOptions) {
  const request = { algorithm, hyperparameters, target: 'y', testSize: 0.25, folds: 2, seed: 42 };
  return { ...request, table, dataDigest: '0' };
}

function isBetterThanChance(predictions: Predictions, table: Table): boolean {
  const target = table.columns.get('y')!;
  if (predictions.task === 'classification') {
    const { labels, classes } = predictions;
    const hits = labels.filter((label, row) => classes[label] === cellValue(target, row));
    return hits.length > 0.6 * table.rowCount;
  }
  const { values } = target as { values: Float64Array };
  const mean = sum(values) / values.length;
  const error = sum(values.map((value, row) => (value - predictions.values[row]!) ** 2));
  return error < 0.5 * sum(values.map((value) => (value - mean) ** 2));
}

function takeTarget(target: TrainingTarget, rows: readonly number[]): TrainingTarget {
  return target.task === 'classification'
    ? { ...target, labels: Int32Array.from(rows, (row) => target.labels[row]!) }
    : { ...target, values: Float64Array.from(rows, (row) => target.values[row]!) };
}

/** What a model that knows no feature says: class shares, or the mean, for each row. */
function constantFor(target: TrainingTarget): Float64Array {
  if (target.task === 'regression') {
    return target.values.map(() => sum(target.values) / target.values.length);
  }
  const shares = Array.from(
    { length: target.classCount },
    (_, k) => target.labels.filter((label) => label === k).length / target.labels.length,
  );
  return Float64Array.from(Array.from(target.labels, () => shares).flat());
}

/** Squared error, of probabilities for classes. */
function meanLoss(outputs: Float64Array, target: TrainingTarget): number {
  const width = target.task === 'classification' ? target.classCount : 1;
  const losses = outputs.map((output, i) => {
    const row = Math.floor(i / width);
    const wanted =
      target.task === 'classification'
        ? Number(target.labels[row] === i % width)
        : target.values[row]!;
    return (output - wanted) ** 2;
  });
  return sum(losses) / losses.length;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
