import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '@gnu-mlops/core';
import { formatLightgbm, formatXgboost, predictMatrix } from '@gnu-mlops/model';
import { sharedDataPath, temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { fitEstimator } from '../../src/fit-algorithm.ts';
import { encodeDataSet, rowsOf } from './encode-data-set.ts';
import { python } from './run-scikit-learn.ts';

const dataSets = [
  { file: 'telco_customer_churn.csv', target: 'Churn', kind: 'two classes', unit: 1 },
  { file: 'titanic.csv', target: 'survived', kind: 'two classes', unit: 1 },
  { file: 'pima_diabetes.csv', target: 'outcome', kind: 'two classes', unit: 1 },
  { file: 'iris.csv', target: 'species', kind: 'classes', unit: 1 },
  { file: 'california_housing.csv', target: 'median_house_value', kind: 'numbers', unit: 100_000 },
] as const;

const objectives: Record<'lightgbm' | 'xgboost', Record<string, readonly JsonObject[]>> = {
  lightgbm: {
    'two classes': [{ objective: 'binary' }],
    classes: [{ objective: 'multiclass' }],
    numbers: [
      { objective: 'regression' },
      { objective: 'regression_l1' },
      { objective: 'huber' },
      { objective: 'quantile', alpha: 0.8 },
      { objective: 'poisson' },
    ],
  },
  xgboost: {
    'two classes': [{ objective: 'binary:logistic' }],
    classes: [{ objective: 'multi:softprob' }],
    numbers: [
      { objective: 'reg:squarederror' },
      { objective: 'reg:absoluteerror' },
      { objective: 'reg:pseudohubererror', huber_slope: 5 },
      { objective: 'reg:quantileerror', quantile_alpha: 0.8 },
      { objective: 'count:poisson' },
    ],
  },
};

function peersAreThere(): boolean {
  if (python === undefined) return false;
  try {
    execFileSync(python, ['-c', 'import lightgbm, xgboost'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

if (!peersAreThere()) {
  describe.skip('interop of exports: set GNU_MLOPS_INTEROP_PYTHON to a Python that has lightgbm, xgboost', () => {
    it('is skipped', () => {});
  });
} else {
  for (const { file, target, kind, unit } of dataSets) {
    describe.skipIf(sharedDataPath(file) === undefined)(`${file}, trained here`, () => {
      it('is scored alike by LightGBM and XGBoost, by objective', async () => {
        const encoded = await encodeDataSet(file, { target, family: 'trees' });
        // XGBoost keeps values in single precision: so that both sides see the same.
        const columns = encoded.matrix.columns.map((column) => column.map(Math.fround));
        const rows = { ...encoded, matrix: { ...encoded.matrix, columns } };
        if (rows.target.task === 'regression') {
          rows.target = { ...rows.target, values: rows.target.values.map((v) => v / unit) };
        }
        const { matrix } = rows;
        const folder = temporaryFolder();
        const models = [];
        for (const library of ['lightgbm', 'xgboost'] as const) {
          for (const hyperparameters of objectives[library][kind]!) {
            const estimator = await fitEstimator({
              algorithm: library,
              hyperparameters,
              seed: 42,
              ...rowsOf(rows, rows.split.train),
            });
            const format = library === 'lightgbm' ? formatLightgbm : formatXgboost;
            const ending = library === 'lightgbm' ? 'txt' : 'json';
            const path = join(folder, `${models.length}.${ending}`);
            writeFileSync(path, format(estimator, matrix.features));
            models.push({ library, path, hyperparameters, estimator });
          }
        }
        const cells = join(folder, 'cells.f64');
        writeFileSync(
          cells,
          Buffer.concat(matrix.columns.map((column) => Buffer.from(column.slice().buffer))),
        );
        const job = join(folder, 'job.json');
        writeFileSync(
          job,
          JSON.stringify({
            cells,
            rowCount: matrix.rowCount,
            models: models.map(({ library, path }) => ({ library, path })),
          }),
        );
        const script = fileURLToPath(new URL('./exported.py', import.meta.url));
        const printed = execFileSync(python!, [script, job], {
          maxBuffer: 2 ** 28,
          encoding: 'utf8',
        });
        const theirs = JSON.parse(printed) as number[][];
        for (const [i, { library, hyperparameters, estimator }] of models.entries()) {
          const ours = predictMatrix(estimator, matrix);
          // Of two classes they give the probability of the second.
          const step = kind === 'two classes' ? 2 : 1;
          expect(theirs[i]!.length).toBe(ours.length / step);
          // Sums in single precision lose digits by the size of what is added up.
          const scale = theirs[i]!.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
          const gap = theirs[i]!.reduce((most, value, at) => {
            const own = ours[at * step + step - 1]!;
            return Math.max(most, Math.abs(own - value) / scale);
          }, 0);
          const what = `${file} ${library} ${JSON.stringify(hyperparameters)}`;
          console.log(`${what}: largest difference ${gap}`);
          expect(gap, what).toBeLessThan(library === 'lightgbm' ? 1e-9 : 1e-6);
        }
      });
    });
  }
}
