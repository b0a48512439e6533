import type { JsonObject } from '@gnu-mlops/core';
import type { LinearEstimator } from '@gnu-mlops/model';
import type { Algorithm, Fit } from '../algorithm.ts';
import { checkCancelled } from '../check-cancelled.ts';
import { type ClassWeight, applyClassWeight } from '../class-weights.ts';
import { NotConvergedError } from '../errors.ts';
import type { FitContext } from '../fit-context.ts';
import { createPace } from '../pace.ts';
import { isClassWeight, isCount, isPositive } from '../hyperparameter.ts';
import type { ClassTarget, TrainingSet } from '../training-set.ts';
import { binaryLoss } from './binary-loss.ts';
import { checkLinearFeatures, linearImportances } from './linear-features.ts';
import type { LogisticProblem } from './logistic-problem.ts';
import { minimiseLbfgs } from './minimise-lbfgs.ts';
import { MOST_NEWTON_UNKNOWNS, minimiseNewton } from './minimise-newton.ts';
import { softmaxLoss } from './softmax-loss.ts';
import { warmStart } from './warm-start.ts';

interface LogisticHyperparameters {
  readonly C: number;
  readonly penalty: 'l2' | null;
  readonly fit_intercept: boolean;
  readonly max_iter: number;
  readonly tol: number;
  readonly class_weight: ClassWeight;
}

/** Above this many multiplications, a Newton step costs more than the steps that it saves. */
const NEWTON_WORK = 1e9;

/**
 * Logistic regression with an L2 penalty that leaves the intercept out: log odds of the second class
 * for two classes, softmax over all of them for more.
 *
 * @see scikit-learn LogisticRegression: the same minimum. `tol` bounds the same gradient (of the mean
 *   loss) but is tighter by default, as Newton's last steps cost little.
 */
export const logisticRegression: Algorithm = {
  name: 'logistic_regression',
  description: 'Log odds that are linear in the features, with an L2 penalty.',
  tasks: ['classification'],
  family: 'linear',
  hyperparameters: {
    C: {
      defaultFor: () => 1,
      accepts: 'a number above 0',
      isValid: isPositive,
      description: 'Inverse strength of the penalty.',
    },
    penalty: {
      defaultFor: () => 'l2',
      accepts: '"l2", or null for none',
      isValid: (value) => value === 'l2' || value === null,
      description: 'What is added to the loss.',
    },
    fit_intercept: {
      defaultFor: () => true,
      accepts: 'true or false',
      isValid: (value) => typeof value === 'boolean',
      description: 'Whether there is a constant term.',
    },
    max_iter: {
      defaultFor: () => 1000,
      accepts: 'a whole number of at least 1',
      isValid: (value) => isCount(value, 1),
      description: 'Steps after which giving up is an error.',
    },
    tol: {
      defaultFor: () => 1e-8,
      accepts: 'a number above 0',
      isValid: isPositive,
      description: 'The largest entry of the gradient that counts as none.',
    },
    class_weight: {
      defaultFor: () => null,
      accepts: '"balanced", a map from class to a weight above 0, or null',
      isValid: isClassWeight,
      description: 'How much the rows of each class count.',
    },
  },
  fit: fitLogisticRegression,
};

async function fitLogisticRegression(
  set: TrainingSet,
  hyperparameters: JsonObject,
  context: FitContext,
): Promise<Fit> {
  const classSet = set as TrainingSet<ClassTarget>;
  const settings = hyperparameters as unknown as LogisticHyperparameters;
  const pace = createPace(context.signal);
  await checkLinearFeatures(set, logisticRegression.name, pace);
  checkCancelled(context.signal);
  const problem = logisticProblem(classSet, settings);
  const isBinary = classSet.target.classCount === 2;
  const objective = isBinary ? binaryLoss(problem, pace) : softmaxLoss(problem, pace);
  const isSmall =
    objective.size ** 2 * set.matrix.rowCount <= NEWTON_WORK &&
    objective.size <= MOST_NEWTON_UNKNOWNS;
  const minimise = isSmall ? minimiseNewton : minimiseLbfgs;
  const stop = { tol: settings.tol, maxIterations: settings.max_iter };
  const start = isBinary ? await warmStart(problem, objective) : undefined;
  const minimum = await minimise(objective, stop, start);
  if (!minimum.converged) {
    throw new NotConvergedError(logisticRegression.name, { ...minimum, tol: settings.tol });
  }
  context.onProgress?.({ stage: 'train', done: 1, total: 1 });
  const estimator = linearEstimator(problem, minimum.point);
  return { estimator, importances: await linearImportances(estimator.coefficients, set, pace) };
}

function logisticProblem(
  set: TrainingSet<ClassTarget>,
  settings: LogisticHyperparameters,
): LogisticProblem {
  const { matrix, target } = set;
  const weights = applyClassWeight(set, settings.class_weight, logisticRegression.name);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const ones = new Float64Array(matrix.rowCount).fill(1);
  return {
    columns: settings.fit_intercept ? [...matrix.columns, ones] : matrix.columns,
    penalisedCount: matrix.columns.length,
    target,
    shares: weights.map((weight) => weight / total),
    penalty: settings.penalty === 'l2' ? 1 / (settings.C * total) : 0,
  };
}

function linearEstimator(problem: LogisticProblem, point: Float64Array): LinearEstimator {
  const { columns, penalisedCount } = problem;
  const outputCount = point.length / columns.length;
  const coefficients = new Float64Array(outputCount * penalisedCount);
  const intercepts = new Float64Array(outputCount);
  for (let k = 0; k < outputCount; k++) {
    const start = k * columns.length;
    coefficients.set(point.subarray(start, start + penalisedCount), k * penalisedCount);
    if (columns.length > penalisedCount) intercepts[k] = point[start + penalisedCount]!;
  }
  return {
    kind: 'linear',
    outputCount,
    coefficients,
    intercepts,
    link: outputCount === 1 ? 'logistic' : 'softmax',
  };
}
