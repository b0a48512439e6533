import { execFileSync } from 'node:child_process';
import { measureClassification, measureRegression, metricValues } from '@gnu-mlops/core';
import { predictMatrix } from '@gnu-mlops/model';
import { sharedDataPath } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { fitEstimator } from '../../src/fit-algorithm.ts';
import { type EncodedRows, encodeDataSet, rowsOf } from './encode-data-set.ts';
import { python, runBoosting } from './run-scikit-learn.ts';

/** `tolerance` is what a handful of the held-out rows make of a score. */
const dataSets = [
  { file: 'telco_customer_churn.csv', target: 'Churn', tolerance: 0.01 },
  { file: 'titanic.csv', target: 'survived', tolerance: 0.04 },
  { file: 'pima_diabetes.csv', target: 'outcome', tolerance: 0.04 },
  { file: 'iris.csv', target: 'species', tolerance: 0.05 },
  { file: 'california_housing.csv', target: 'median_house_value', tolerance: 0.01 },
];

/** Settings under the names that both sides know. */
const fits = [
  { algorithm: 'lightgbm', parameters: {} },
  { algorithm: 'lightgbm', parameters: { num_leaves: 7, reg_alpha: 1, reg_lambda: 2 } },
  { algorithm: 'xgboost', parameters: {} },
  { algorithm: 'xgboost', parameters: { learning_rate: 0.1, max_depth: 3, gamma: 0.5 } },
];

function peersAreThere(): boolean {
  if (python === undefined) return false;
  try {
    execFileSync(python, ['-c', 'import lightgbm, xgboost, sklearn'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function measureOurs(
  rows: EncodedRows,
  request: { algorithm: string; hyperparameters: Record<string, number> },
): Promise<Record<string, number>> {
  const estimator = await fitEstimator({ ...request, seed: 42, ...rowsOf(rows, rows.split.train) });
  const { matrix, target } = rowsOf(rows, rows.split.test);
  const outputs = predictMatrix(estimator, matrix);
  if (target.task === 'regression') return metricValues(measureRegression(target.values, outputs));
  const { labels: actual, classes } = target;
  return metricValues(measureClassification({ actual, probabilities: outputs, classes: classes! }));
}

if (!peersAreThere()) {
  describe.skip('interop with LightGBM and XGBoost: set GNU_MLOPS_INTEROP_PYTHON to a Python that has both', () => {
    it('is skipped', () => {});
  });
} else {
  for (const { file, target, tolerance } of dataSets) {
    describe.skipIf(sharedDataPath(file) === undefined)(`${file}, rows held out by seed 42`, () => {
      it('boosting scores as LightGBM and XGBoost do', async () => {
        const rows = await encodeDataSet(file, { target, family: 'trees' });
        const theirs = runBoosting(
          rows,
          fits.map(({ algorithm, parameters }) => ({
            algorithm,
            parameters: { ...parameters, n_jobs: 2, verbosity: algorithm === 'xgboost' ? 0 : -1 },
          })),
        );
        for (const [i, { algorithm, parameters }] of fits.entries()) {
          const ours = await measureOurs(rows, {
            algorithm,
            hyperparameters: parameters as Record<string, number>,
          });
          for (const [metric, their] of Object.entries(theirs[i]!.metrics)) {
            const what = `${file} ${algorithm} ${JSON.stringify(parameters)} ${metric}`;
            console.log(`${what}: ours ${ours[metric]!.toFixed(4)}, theirs ${their.toFixed(4)}`);
            const allowed = metric === 'log_loss' ? 3 * tolerance : tolerance;
            expect(Math.abs(ours[metric]! - their), what).toBeLessThan(allowed);
          }
        }
      });
    });
  }
}
