import type { JsonObject } from '@gnu-mlops/core';
import { predictMatrix } from '@gnu-mlops/model';
import { sharedDataPath } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { fitEstimator } from '../../src/fit-algorithm.ts';
import { type EncodedRows, encodeDataSet, rowsOf } from './encode-data-set.ts';
import { python, runScikitLearn } from './run-scikit-learn.ts';

interface Entry {
  readonly algorithm: string;
  readonly parameters: JsonObject;
  readonly weight?: number;
}

const tight = { tol: 1e-8, max_iter: 10_000 };
const classes: readonly Entry[] = [
  { algorithm: 'logistic_regression', parameters: { C: 1, ...tight }, weight: 2 },
  { algorithm: 'logistic_regression', parameters: { C: 0.001, ...tight }, weight: 1 },
];
const numbers: readonly Entry[] = [
  { algorithm: 'linear_regression', parameters: {}, weight: 2 },
  { algorithm: 'ridge', parameters: { alpha: 10_000 }, weight: 1 },
];
const cases = [
  { file: 'pima_diabetes.csv', target: 'outcome', entries: classes },
  { file: 'iris.csv', target: 'species', entries: classes },
  { file: 'telco_customer_churn.csv', target: 'Churn', entries: classes },
  { file: 'california_housing.csv', target: 'median_house_value', entries: numbers },
];

async function scoreOurs(
  rows: EncodedRows,
  algorithm: string,
  hyperparameters: JsonObject,
): Promise<Float64Array> {
  const estimator = await fitEstimator({
    ...{ algorithm, hyperparameters, seed: 42 },
    ...rowsOf(rows, rows.split.train),
  });
  return predictMatrix(estimator, rowsOf(rows, rows.split.test).matrix);
}

/** As shares of the largest, so that dollars and probabilities are held to one rule. */
function apartBy(ours: Float64Array, theirs: readonly number[]) {
  expect(ours.length).toBe(theirs.length);
  const most = theirs.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const apart = ours.map((value, i) => Math.abs(value - theirs[i]!) / most);
  return {
    largest: apart.reduce((far, share) => Math.max(far, share), 0),
    mean: apart.reduce((sum, share) => sum + share, 0) / apart.length,
  };
}

const present = cases.filter(({ file }) => sharedDataPath(file) !== undefined);

if (python === undefined) {
  describe.skip('ensembles beside scikit-learn: set GNU_MLOPS_INTEROP_PYTHON to a Python that has it', () => {
    it('is skipped', () => {});
  });
} else if (present.length === 0) {
  describe.skip('ensembles beside scikit-learn: no data set lies beside the repository', () => {
    it('is skipped', () => {});
  });
} else {
  describe.each(present)(
    'ensembles on $file, rows held out by seed 42',
    ({ file, target, entries }) => {
      const estimators = entries.map(({ algorithm, parameters }) => ({ algorithm, parameters }));
      const own = entries.map(({ algorithm, parameters }) => ({
        algorithm,
        hyperparameters: parameters,
      }));

      it('voting gives the outputs of VotingClassifier and VotingRegressor', async () => {
        const rows = await encodeDataSet(file, { target, family: 'linear' });
        const weights = entries.map(({ weight }) => weight!);
        const isClasses = rows.target.task === 'classification';
        const parameters = { estimators, weights, ...(isClasses && { voting: 'soft' }) };
        const [theirs] = runScikitLearn(rows, [{ algorithm: 'voting', parameters }]);
        const weighted = own.map((entry, m) => ({ ...entry, weight: weights[m]! }));
        const ours = await scoreOurs(rows, 'voting', { estimators: weighted });
        const { largest } = apartBy(ours, theirs!.outputs);
        console.log(`${file} voting: outputs differ by ${largest.toExponential(1)}`);
        expect(largest).toBeLessThan(1e-5);
      });

      /** The folds are dealt by other random numbers, so that a little is left to chance. */
      it('stacking gives nearly the outputs of StackingClassifier and StackingRegressor', async () => {
        const rows = await encodeDataSet(file, { target, family: 'linear' });
        const fits = [false, true].map((passthrough) => ({
          algorithm: 'stacking',
          parameters: {
            estimators,
            passthrough,
            cv: 5,
            final_estimator:
              rows.target.task === 'classification'
                ? { algorithm: 'logistic_regression', parameters: tight }
                : { algorithm: 'ridge', parameters: {} },
          },
        }));
        const theirs = runScikitLearn(rows, fits);
        for (const [i, { parameters }] of fits.entries()) {
          const { passthrough } = parameters;
          const ours = await scoreOurs(rows, 'stacking', { estimators: own, passthrough });
          const { largest, mean } = apartBy(ours, theirs[i]!.outputs);
          console.log(
            `${file} stacking, passthrough ${passthrough}: outputs differ by ` +
              `${mean.toExponential(1)} on average, ${largest.toExponential(1)} at most`,
          );
          expect(mean).toBeLessThan(0.01);
        }
      });
    },
  );
}
