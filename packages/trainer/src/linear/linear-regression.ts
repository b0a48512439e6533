import type { JsonObject } from '@gnu-mlops/core';
import type { LinearEstimator } from '@gnu-mlops/model';
import type { Algorithm, Fit } from '../algorithm.ts';
import { checkCancelled } from '../check-cancelled.ts';
import type { FitContext } from '../fit-context.ts';
import type { Hyperparameter } from '../hyperparameter.ts';
import { createPace } from '../pace.ts';
import type { NumberTarget, TrainingSet } from '../training-set.ts';
import { solveLeastSquares } from './least-squares.ts';
import { checkLinearFeatures, linearImportances, weightedMean } from './linear-features.ts';

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
  const pace = createPace(context.signal);
  await checkLinearFeatures(set, context.algorithm, pace);
  checkCancelled(context.signal);
  const { matrix, weights } = set;
  const { values } = (set as TrainingSet<NumberTarget>).target;
  const roots = weights.map(Math.sqrt);
  const isCentred = hyperparameters['fit_intercept'] === true;
  const centreOf = (column: Float64Array) => (isCentred ? weightedMean(column, weights) : 0);
  const moved = (column: Float64Array, centre: number) =>
    column.map((value, row) => (value - centre) * roots[row]!);

  const featureCentres = matrix.columns.map(centreOf);
  const targetCentre = centreOf(values);
  const coefficients = solveLeastSquares(
    penalised(
      matrix.columns.map((column, j) => moved(column, featureCentres[j]!)),
      moved(values, targetCentre),
      hyperparameters['alpha'] as number,
    ),
  );
  const estimator: LinearEstimator = {
    kind: 'linear',
    outputCount: 1,
    coefficients,
    intercepts: Float64Array.of(
      coefficients.reduce((left, value, j) => left - value * featureCentres[j]!, targetCentre),
    ),
    link: 'identity',
  };
  context.onProgress?.({ stage: 'train', done: 1, total: 1 });
  return { estimator, importances: await linearImportances(coefficients, set, pace) };
}

/** One more equation a column, sqrt(alpha) x coefficient = 0, is the penalty. */
function penalised(columns: readonly Float64Array[], target: Float64Array, alpha: number) {
  if (alpha === 0) return { columns, target };
  const rows = target.length;
  const extended = (values: Float64Array) => {
    const longer = new Float64Array(rows + columns.length);
    longer.set(values);
    return longer;
  };
  return {
    columns: columns.map((column, j) => {
      const longer = extended(column);
      longer[rows + j] = Math.sqrt(alpha);
      return longer;
    }),
    target: extended(target),
  };
}
