import { measureClassification, measureRegression, metricValues } from '@gnu-mlops/core';
import { predictMatrix } from '@gnu-mlops/model';
import { sharedDataPath } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { fitEstimator } from '../../src/fit-algorithm.ts';
import { type EncodedRows, encodeDataSet, rowsOf } from './encode-data-set.ts';
import { python, runScikitLearn } from './run-scikit-learn.ts';

const seeds = [42, 43, 44, 45, 46, 47];
const cases = [
  { file: 'iris.csv', target: 'species', parameters: {} },
  { file: 'pima_diabetes.csv', target: 'outcome', parameters: {} },
  { file: 'pima_diabetes.csv', target: 'outcome', parameters: { early_stopping: true } },
  { file: 'telco_customer_churn.csv', target: 'Churn', parameters: { early_stopping: true } },
  {
    file: 'telco_customer_churn.csv',
    target: 'Churn',
    parameters: { hidden_layer_sizes: [16], max_iter: 40 },
  },
  {
    file: 'california_housing.csv',
    target: 'median_house_value',
    parameters: { hidden_layer_sizes: [32, 16], activation: 'tanh', max_iter: 15 },
  },
];

async function measureOurs(rows: EncodedRows, hyperparameters: object, seed: number) {
  const request = { algorithm: 'neural_network', hyperparameters: { ...hyperparameters }, seed };
  const estimator = await fitEstimator({ ...request, ...rowsOf(rows, rows.split.train) });
  const { matrix, target } = rowsOf(rows, rows.split.test);
  const outputs = predictMatrix(estimator, matrix);
  return metricValues(
    target.task === 'regression'
      ? measureRegression(target.values, outputs)
      : measureClassification({
          actual: target.labels,
          probabilities: outputs,
          classes: target.classes!,
        }),
  );
}

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const present = cases.filter(({ file }) => sharedDataPath(file) !== undefined);

if (python === undefined) {
  describe.skip('networks beside scikit-learn: set GNU_MLOPS_INTEROP_PYTHON to a Python that has it', () => {
    it('is skipped', () => {});
  });
} else if (present.length === 0) {
  describe.skip('networks beside scikit-learn: no data set lies beside the repository', () => {
    it('is skipped', () => {});
  });
} else {
  describe('neural_network beside MLPClassifier and MLPRegressor', () => {
    /**
     * The rule: the mean score of our seeds differs from the mean score of scikit-learn's seeds by
     * no more than two of scikit-learn's seeds differ, on the same rows, features and settings.
     */
    it.each(present)(
      'scores as it does on $file with $parameters',
      async ({ file, target, parameters }) => {
        const rows = await encodeDataSet(file, { target, family: 'linear' });
        const theirs = runScikitLearn(
          rows,
          seeds.map((random_state) => ({
            algorithm: 'neural_network',
            parameters: { ...parameters, random_state },
          })),
        );
        const ours: Record<string, number>[] = [];
        const startMs = process.cpuUsage().user / 1000;
        for (const seed of seeds) ours.push(await measureOurs(rows, parameters, seed));
        const cpuMs = (process.cpuUsage().user / 1000 - startMs) / seeds.length;
        for (const metric of Object.keys(theirs[0]!.metrics)) {
          const their = theirs.map(({ metrics }) => metrics[metric]!);
          const our = ours.map((metrics) => metrics[metric]!);
          const spread = Math.max(...their) - Math.min(...their);
          console.log(
            `${file} ${JSON.stringify(parameters)} ${metric}: ours ${meanOf(our).toFixed(4)}, ` +
              `scikit-learn ${meanOf(their).toFixed(4)}, its seeds differ by ${spread.toFixed(4)}; ` +
              `${cpuMs.toFixed(0)} ms of ours a fit`,
          );
          expect(Math.abs(meanOf(our) - meanOf(their)), metric).toBeLessThanOrEqual(spread + 1e-9);
        }
      },
    );
  });
}
