import { createRandom } from '@gnu-mlops/core';
import { predictMatrix } from '@gnu-mlops/model';
import { describe, expect, it } from 'vitest';
import { openObjective } from '../../src/boosting/open-objective.ts';
import { openStoppingMetric } from '../../src/boosting/stopping-metric.ts';
import { type FitRequest, fitAlgorithm, fitEstimator } from '../../src/fit-algorithm.ts';
import { boostingTask, matrixFrom } from './boosting-data.ts';

function rowsOf(rowCount: number, seed: number) {
  const { matrix, targets } = boostingTask(rowCount, {}, seed);
  const labels = Int32Array.from(targets);
  return { matrix, target: { task: 'classification', labels, classCount: 2 } as const };
}

const eager: FitRequest = {
  ...rowsOf(600, 5),
  algorithm: 'lightgbm',
  hyperparameters: { num_iterations: 400, learning_rate: 0.3, early_stopping_round: 10 },
  validation: rowsOf(1000, 9),
  seed: 1,
};

function withSettings(more: Record<string, number | string>): FitRequest {
  return { ...eager, hyperparameters: { ...eager.hyperparameters, ...more } };
}

function treeCount({ estimator }: Awaited<ReturnType<typeof fitAlgorithm>>): number {
  if (estimator.kind !== 'tree_ensemble') throw new Error('no trees');
  return estimator.treeStarts.length - 1;
}

describe('early stopping', () => {
  it('keeps the rounds up to the one that did best on the rows it was given', async () => {
    const fit = await fitAlgorithm(eager);
    expect(fit.bestIteration).toBe(treeCount(fit));
    expect(fit.bestIteration).toBeGreaterThan(3);
    expect(fit.bestIteration).toBeLessThan(100);
    const losses: number[] = [];
    for (let rounds = 1; rounds <= fit.bestIteration! + 10; rounds++) {
      const whole = { ...eager, validation: undefined };
      const given = { num_iterations: rounds, learning_rate: 0.3 };
      losses.push(logLoss(await fitEstimator({ ...whole, hyperparameters: given })));
    }
    expect(losses.indexOf(Math.min(...losses)) + 1).toBe(fit.bestIteration);
  });

  it('learns nothing from the rows that it stops by', async () => {
    const { hyperparameters, validation, ...rest } = eager;
    const { bestIteration, estimator } = await fitAlgorithm(eager);
    const given = { ...hyperparameters, num_iterations: bestIteration!, early_stopping_round: 0 };
    expect(await fitEstimator({ ...rest, hyperparameters: given })).toStrictEqual(estimator);
    expect(validation).toBeDefined();
  });

  it('watches the metric that is named', async () => {
    const byLoss = await fitAlgorithm(withSettings({ metric: 'binary_logloss' }));
    const byArea = await fitAlgorithm(withSettings({ metric: 'auc' }));
    const byError = await fitAlgorithm(withSettings({ metric: 'binary_error' }));
    expect(byLoss.bestIteration).toBe((await fitAlgorithm(eager)).bestIteration);
    expect(new Set([byLoss, byArea, byError].map(treeCount)).size).toBeGreaterThan(1);
  });

  it('watches the metrics of the xgboost dialect', async () => {
    const request = (eval_metric: string): FitRequest => ({
      ...eager,
      algorithm: 'xgboost',
      hyperparameters: { early_stopping_rounds: 5, n_estimators: 200, eval_metric },
    });
    for (const metric of ['logloss', 'auc', 'error']) {
      const fit = await fitAlgorithm(request(metric));
      expect(fit.bestIteration).toBe(treeCount(fit));
      expect(fit.bestIteration).toBeLessThan(200);
    }
  });

  it('says nothing of a best iteration where there is nothing to stop by', async () => {
    const { validation, ...rest } = eager;
    const fit = await fitAlgorithm({ ...rest, hyperparameters: { num_iterations: 3 } });
    expect('bestIteration' in fit).toBe(false);
    expect(validation).toBeDefined();
  });

  it('throws TRAINER_HYPERPARAMETER_INVALID for a metric of another objective', async () => {
    await expect(fitAlgorithm(withSettings({ metric: 'multi_logloss' }))).rejects.toThrow(
      'one that goes with the objective: binary_logloss, auc, binary_error',
    );
    await expect(fitAlgorithm(withSettings({ metric: 'rmse' }))).rejects.toMatchObject({
      code: 'TRAINER_HYPERPARAMETER_INVALID',
    });
  });

  it('throws TRAINER_OPTION_INVALID for validation rows that nothing would use', async () => {
    const idle = withSettings({ early_stopping_round: 0 });
    const forest = { ...eager, algorithm: 'random_forest', hyperparameters: {} };
    for (const request of [idle, forest]) {
      await expect(fitAlgorithm(request)).rejects.toMatchObject({
        code: 'TRAINER_OPTION_INVALID',
        option: 'validation',
      });
    }
  });

  it('throws TRAINER_INPUT_INVALID for validation rows unlike the training rows', async () => {
    const { matrix, target } = rowsOf(10, 3);
    const labels = target.labels;
    const narrow = { matrix: matrixFrom(matrix.columns.slice(1)), target };
    const numbers = {
      matrix,
      target: { task: 'regression', values: new Float64Array(10) },
    } as const;
    const unknown = { matrix, target: { ...target, labels: labels.map(() => 2), classCount: 3 } };
    const short = { matrix, target: { ...target, labels: labels.slice(1) } };
    const weightless = { matrix, target, weights: new Float64Array(10) };
    for (const validation of [narrow, numbers, unknown, short, weightless]) {
      await expect(fitAlgorithm({ ...eager, validation })).rejects.toMatchObject({
        code: 'TRAINER_INPUT_INVALID',
        subject: 'validation',
      });
    }
  });

  it('throws TRAINER_INPUT_INVALID where the AUC to stop by is not defined', async () => {
    const { matrix } = rowsOf(10, 3);
    const target = { task: 'classification', labels: new Int32Array(10), classCount: 2 } as const;
    const fitting = fitAlgorithm({
      ...withSettings({ metric: 'auc' }),
      validation: { matrix, target },
    });
    await expect(fitting).rejects.toThrow('an AUC needs rows of both classes');
  });

  function logLoss(estimator: Awaited<ReturnType<typeof fitEstimator>>): number {
    const { matrix, target } = eager.validation!;
    const outputs = predictMatrix(estimator, matrix);
    const { labels } = target as { labels: Int32Array };
    return labels.reduce((sum, label, row) => sum - Math.log(outputs[2 * row + label]!), 0);
  }
});

describe('openStoppingMetric', () => {
  const random = createRandom(4);
  const targets = Float64Array.from({ length: 50 }, () => random.nextInt(3));
  const weights = targets.map(() => 1);
  const scores = targets.map(() => random.nextNormal());
  const measure = (name: 'squared' | 'poisson', spec: Parameters<typeof openStoppingMetric>[1]) => {
    const objective = openObjective(name === 'squared' ? { name } : { name, maxDeltaStep: 0.7 });
    return openStoppingMetric(objective, spec).measure(
      { scores, rowCount: 50 },
      { targets, weights },
    );
  };
  const meanOf = (loss: (row: number) => number) =>
    targets.reduce((sum, _, row) => sum + loss(row), 0) / targets.length;

  it('measures numbers as their names say, after the link', () => {
    const rmse = measure('squared', { kind: 'rmse' });
    expect(rmse).toBeCloseTo(Math.sqrt(meanOf((row) => (targets[row]! - scores[row]!) ** 2)), 12);
    const mape = meanOf(
      (row) => Math.abs(targets[row]! - scores[row]!) / Math.max(1, targets[row]!),
    );
    expect(measure('squared', { kind: 'mape' })).toBeCloseTo(mape, 12);
    const ofCounts = measure('poisson', { kind: 'loss', of: { name: 'absolute' } });
    expect(ofCounts).toBeCloseTo(
      meanOf((row) => Math.abs(targets[row]! - Math.exp(scores[row]!))),
      12,
    );
    const likelihood = meanOf((row) => Math.exp(scores[row]!) - targets[row]! * scores[row]!);
    expect(measure('poisson', { kind: 'poisson' })).toBeCloseTo(likelihood, 12);
    expect(measure('poisson', undefined)).toBeCloseTo(likelihood, 12);
  });

  it('counts the rows of several classes whose highest score is not their own', () => {
    const three = openObjective({ name: 'softmax', classCount: 3, hessianFactor: 2 });
    const { measure: error } = openStoppingMetric(three, { kind: 'error_rate' });
    const columns = Float64Array.of(1, 0, 0, /**/ 0, 5, 2, /**/ -1, 0, 3);
    const rows = { targets: Float64Array.of(0, 1, 0), weights: Float64Array.of(1, 1, 2) };
    expect(error({ scores: columns, rowCount: 3 }, rows)).toBe(0.5);
  });
});
