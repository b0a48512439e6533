import type { JsonObject } from '@gnu-mlops/core';
import type { LinearEstimator } from '@gnu-mlops/model';
import type { Algorithm, Fit } from '../algorithm.ts';
import { checkCancelled } from '../check-cancelled.ts';
import { TrainingMemoryError } from '../errors.ts';
import type { FitContext } from '../fit-context.ts';
import type { Hyperparameter } from '../hyperparameter.ts';
import { createPace } from '../pace.ts';
import type { NumberTarget, TrainingSet } from '../training-set.ts';
import { centreColumns } from './centre-columns.ts';
import { leastSquaresBytes, solveLeastSquares } from './least-squares.ts';
import { checkLinearFeatures, linearImportances } from './linear-features.ts';

/** What one fit may take besides its features. */
const MOST_BYTES = 4 * 2 ** 30;

const fitIntercept: Hyperparameter = {
  defaultFor: () => true,
  accepts: 'true or false',
  isValid: (value) => typeof value === 'boolean',
  description: 'Whether there is a constant term.',
};

/**
 * Ordinary least squares; of several equally good solutions, the one of smallest coefficients.
 *
 * @see scikit-learn LinearRegression
 */
export const linearRegression: Algorithm = {
  name: 'linear_regression',
  description: 'A sum of features times coefficients, by least squares.',
  tasks: ['regression'],
  family: 'linear',
  hyperparameters: { fit_intercept: fitIntercept },
  fit: (set, hyperparameters, context) =>
    fitLinear(
      set,
      { ...hyperparameters, alpha: 0 },
      { ...context, algorithm: 'linear_regression' },
    ),
};

/**
 * Least squares plus alpha times the squared coefficients, the intercept left out.
 *
 * @see scikit-learn Ridge
 */
export const ridge: Algorithm = {
  name: 'ridge',
  description: 'Least squares with an L2 penalty.',
  tasks: ['regression'],
  family: 'linear',
  hyperparameters: {
    alpha: {
      defaultFor: () => 1,
      accepts: 'a number of at least 0',
      isValid: (value) => typeof value === 'number' && value >= 0 && value < Infinity,
      description: 'Strength of the penalty.',
    },
    fit_intercept: fitIntercept,
  },
  fit: (set, hyperparameters, context) =>
    fitLinear(set, hyperparameters, { ...context, algorithm: 'ridge' }),
};

async function fitLinear(
  set: TrainingSet,
  hyperparameters: JsonObject,
  context: FitContext & { readonly algorithm: string },
): Promise<Fit> {
  checkMemory(set);
  const pace = createPace(context.signal);
  await checkLinearFeatures(set, context.algorithm, pace);
  checkCancelled(context.signal);
  const centre = hyperparameters['fit_intercept'] === true ? 'mean' : 'none';
  const given = hyperparameters['alpha'] as number;
  const { centres, scale, fill } = await centreColumns(
    set as TrainingSet<NumberTarget>,
    { centre, alpha: given },
    pace,
  );
  const { rowCount, columns } = set.matrix;
  const alpha = given * scale * scale;
  const solution = await solveLeastSquares(
    { columnCount: columns.length, rowCount, fill, alpha },
    pace,
  );
  const coefficients = solution.map((value) => value * scale);
  const estimator: LinearEstimator = {
    kind: 'linear',
    outputCount: 1,
    coefficients,
    intercepts: Float64Array.of(
      coefficients.reduce((left, value, j) => left - value * centres[j]!, centres.at(-1)!),
    ),
    link: 'identity',
  };
  context.onProgress?.({ stage: 'train', done: 1, total: 1 });
  return { estimator, importances: await linearImportances(coefficients, set, pace) };
}

/** @throws {TrainingMemoryError} before anything is taken. */
function checkMemory({ matrix: { rowCount, columns } }: TrainingSet): void {
  const bytes = leastSquaresBytes(rowCount, columns.length);
  if (bytes <= MOST_BYTES) return;
  const instead = 'choose an algorithm that takes less, such as lightgbm';
  const need = { bytes, rowCount, featureCount: columns.length, instead };
  throw new TrainingMemoryError(need, undefined);
}
