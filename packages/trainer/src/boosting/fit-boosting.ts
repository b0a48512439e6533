import { createRandom } from '@gnu-mlops/core';
import { assembleForest } from '@gnu-mlops/model';
import type { Fit } from '../algorithm.ts';
import { type ClassWeight, applyClassWeight } from '../class-weights.ts';
import { HyperparameterInvalidError, TrainingInputError } from '../errors.ts';
import type { FitContext } from '../fit-context.ts';
import { meanImportances } from '../forest/mean-importances.ts';
import { setAsideInOrder } from '../set-aside-in-order.ts';
import type { ClassTarget, TrainingSet, WeightedRows } from '../training-set.ts';
import { type BoostingTask, boost } from './boost.ts';
import type { BoostingSettings } from './boosting-settings.ts';
import type { CategoricalChoice } from './category-rules.ts';
import { drawShare } from './draw-share.ts';
import type { ObjectiveSpec } from './objective.ts';
import { openObjective } from './open-objective.ts';

/** A fit as a dialect understands it. */
export interface BoostingFit {
  /** The dialect's name. */
  readonly algorithm: string;
  readonly set: TrainingSet;
  readonly settings: BoostingSettings;
  readonly classWeight: ClassWeight;
  /** The features that must be of categories. */
  readonly categorical: CategoricalChoice;
  /** Share of the rows held out where there is early stopping. */
  readonly validationShare: number;
}

/**
 * Boost, and make an estimator of it.
 *
 * @throws {HyperparameterInvalidError} when the monotone constraints are not one a feature, or a
 *   feature that is asked for has no categories.
 * @throws {TrainingInputError} when a target is negative under the Poisson objective.
 * @throws {SplitInvalidError} when groups or times do not allow to set rows aside to stop by.
 * @throws {TrainingDivergedError} when gradients or leaves outgrow what can be summed up.
 * @throws {TrainingCancelledError} when the signal aborts.
 */
export async function fitBoosting(fit: BoostingFit, context: FitContext): Promise<Fit> {
  const { set, settings, algorithm } = fit;
  const { matrix, target, seed } = set;
  const featureCount = matrix.columns.length;
  if (settings.monotone.length > 0 && settings.monotone.length !== featureCount) {
    throw new HyperparameterInvalidError(algorithm, 'monotone_constraints', {
      value: [...settings.monotone],
      accepts: `one number for each of the ${featureCount} features`,
    });
  }
  checkCategories(fit);
  const weights =
    target.task === 'classification'
      ? applyClassWeight(set as TrainingSet<ClassTarget>, fit.classWeight, algorithm)
      : set.weights;
  const targets = targetsOf(set);
  checkCounts(settings.objective, targets);
  const validation = set.validation && { ...set.validation, targets: targetsOf(set.validation) };
  const rows = { algorithm, matrix, targets, weights, validation, settings, seed };
  const isToSplit = settings.patience > 0 && validation === undefined;
  const boosted = await boost(isToSplit ? holdOut(rows, fit) : rows, context);
  const { outputCount, link } = openObjective(settings.objective);
  const { trees, baseScore, gains, bestRound } = boosted;
  return {
    estimator: assembleForest(trees, { outputCount, aggregation: 'sum', baseScore, link }),
    importances: meanImportances([gains]),
    ...(bestRound !== undefined && { bestIteration: bestRound }),
  };
}

function targetsOf({ target }: WeightedRows): Float64Array | Int32Array {
  return target.task === 'classification' ? target.labels : target.values;
}

/** Categories have no order to rise with, and those that are asked for must be there. */
function checkCategories({ algorithm, set, settings, categorical }: BoostingFit): void {
  const { features } = set.matrix;
  const bent = features.find(
    ({ kind }, i) => kind === 'categorical' && (settings.monotone[i] ?? 0) !== 0,
  );
  if (bent !== undefined) {
    throw new HyperparameterInvalidError(algorithm, 'monotone_constraints', {
      value: [...settings.monotone],
      accepts: `0 for "${bent.name}", whose categories have no order`,
    });
  }
  if (categorical === null || categorical === 'auto') return;
  for (const wanted of categorical) {
    const feature = features.find(({ name }) => name === wanted);
    if (feature?.kind === 'categorical') continue;
    const found = feature === undefined ? 'is no feature of the matrix' : 'is one of numbers';
    throw new HyperparameterInvalidError(algorithm, 'categorical_feature', {
      value: [...categorical],
      accepts:
        `a list of features of categories: "${wanted}" ${found}. The default recipe makes them; ` +
        'in a recipe of your own, add {"kind": "ordinal_encode", "output": "categorical"}',
    });
  }
}

/** The Poisson objective's score is the log of what it expects. */
function checkCounts({ name }: ObjectiveSpec, targets: BoostingTask['targets']): void {
  if (name !== 'poisson') return;
  const row = targets.findIndex((target) => target < 0);
  if (row >= 0) {
    throw new TrainingInputError(
      'target',
      `The target of row ${row + 1} is ${targets[row]}; a Poisson objective learns counts, which ` +
        'are 0 or more. Choose another objective, or mend the target.',
    );
  }
  if (targets.every((target) => target === 0)) {
    throw new TrainingInputError(
      'target',
      'The target is 0 in every row; a Poisson objective needs a count above 0 to learn from.',
    );
  }
}

/** Leave a share of the rows out of the training, to stop by: in their order, else drawn by the seed. */
function holdOut(
  task: BoostingTask,
  { set, algorithm, validationShare: share }: BoostingFit,
): BoostingTask {
  const { matrix, targets, weights } = task;
  const random = createRandom(task.seed, 3);
  const ordered = setAsideInOrder(set, { algorithm, share, seed: task.seed });
  const held = ordered?.test ?? drawShare(matrix.rowCount, share, random);
  const isHeld = new Uint8Array(matrix.rowCount);
  for (const row of held) isHeld[row] = 1;
  if (held.length === matrix.rowCount) return task;
  const take = (wanted: number) => {
    const isWanted = (_: number, row: number) => isHeld[row] === wanted;
    const kept = targets.filter(isWanted);
    return {
      matrix: {
        ...matrix,
        rowCount: kept.length,
        columns: matrix.columns.map((column) => column.filter(isWanted)),
      },
      targets: kept,
      weights: weights.filter(isWanted),
    };
  };
  return { ...task, ...take(0), validation: take(1) };
}

/**
 * The loss for classes.
 *
 * @throws {HyperparameterInvalidError} when a loss for two classes is asked for more.
 */
export function classObjective(
  algorithm: string,
  wanted: {
    readonly objective: string | null;
    readonly isBinary: boolean;
    readonly classCount: number;
    readonly hessianFactor: number;
  },
): ObjectiveSpec {
  const { objective, isBinary, classCount, hessianFactor } = wanted;
  if (!isBinary) return { name: 'softmax', classCount, hessianFactor };
  if (classCount === 2) return { name: 'logistic' };
  throw new HyperparameterInvalidError(algorithm, 'objective', {
    value: objective,
    accepts: `for several classes: the target has ${classCount}`,
  });
}
