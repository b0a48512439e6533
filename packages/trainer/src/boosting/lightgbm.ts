import type { JsonObject } from '@gnu-mlops/core';
import type { Algorithm } from '../algorithm.ts';
import type { ClassWeight } from '../class-weights.ts';
import type { FitContext } from '../fit-context.ts';
import type { Hyperparameter } from '../hyperparameter.ts';
import type { TrainingSet } from '../training-set.ts';
import {
  amount,
  choice,
  count,
  factor,
  share,
  sharedHyperparameters,
} from './boosting-hyperparameters.ts';
import { classObjective, fitBoosting } from './fit-boosting.ts';
import type { ObjectiveSpec } from './objective.ts';

/** The settings by LightGBM's names, checked. */
interface LightgbmHyperparameters {
  readonly objective: string | null;
  readonly num_iterations: number;
  readonly learning_rate: number;
  readonly num_leaves: number;
  readonly max_depth: number;
  readonly min_data_in_leaf: number;
  readonly min_sum_hessian_in_leaf: number;
  readonly feature_fraction: number;
  readonly bagging_fraction: number;
  readonly bagging_freq: number;
  readonly lambda_l1: number;
  readonly lambda_l2: number;
  readonly min_gain_to_split: number;
  readonly max_bin: number;
  readonly alpha: number;
  readonly early_stopping_round: number;
  readonly validation_fraction: number;
  readonly monotone_constraints: readonly number[] | null;
  readonly class_weight: ClassWeight;
}

const hyperparameters: { readonly [name in keyof LightgbmHyperparameters]: Hyperparameter } = {
  objective: choice(
    {
      classification: ['binary', 'multiclass'],
      regression: ['regression', 'regression_l1', 'huber', 'quantile'],
    },
    'The loss to minimise.',
  ),
  num_iterations: count(100, 1, 'Rounds of boosting.'),
  learning_rate: factor(0.1, 'How much of each step is taken.'),
  num_leaves: count(31, 2, 'Leaves of a tree at most.'),
  max_depth: {
    defaultFor: () => -1,
    accepts: 'a whole number of at least 1, or -1 for no limit',
    isValid: (value) => value === -1 || (Number.isSafeInteger(value) && (value as number) >= 1),
    description: 'Splits between the root and the deepest leaf.',
  },
  min_data_in_leaf: count(20, 0, 'Rows that each side of a split must have.'),
  min_sum_hessian_in_leaf: amount(1e-3, 'Sum of second derivatives that each side must have.'),
  feature_fraction: share(1, 'Share of the features that each tree may use.'),
  bagging_fraction: share(
    1,
    'Share of the rows that a tree learns from, where bagging_freq is set.',
  ),
  bagging_freq: count(0, 0, 'Rounds after which the rows are drawn anew; 0 = all rows always.'),
  lambda_l1: amount(0, 'L1 penalty on the values of leaves.'),
  lambda_l2: amount(0, 'L2 penalty on the values of leaves.'),
  min_gain_to_split: amount(0, 'What a split must gain.'),
  max_bin: sharedHyperparameters.max_bin,
  alpha: factor(0.9, 'The quantile to learn, or the residual from which Huber loss is linear.'),
  early_stopping_round: count(
    0,
    0,
    'Rounds without a gain on held-out rows to stop after; 0 = never.',
  ),
  validation_fraction: sharedHyperparameters.validation_fraction,
  monotone_constraints: sharedHyperparameters.monotone_constraints,
  class_weight: sharedHyperparameters.class_weight,
};

/**
 * Gradient boosting that splits, leaf by leaf, where the most is gained.
 *
 * @see LightGBM: its parameters and defaults; `class_weight` and `validation_fraction` are
 *   scikit-learn's.
 */
export const lightgbm: Algorithm = {
  name: 'lightgbm',
  description: 'Gradient boosting, leaf by leaf, with the parameters of LightGBM.',
  tasks: ['classification', 'regression'],
  family: 'trees',
  hyperparameters,
  aliases: {
    n_estimators: 'num_iterations',
    num_iteration: 'num_iterations',
    num_trees: 'num_iterations',
    num_round: 'num_iterations',
    num_rounds: 'num_iterations',
    num_boost_round: 'num_iterations',
    max_iter: 'num_iterations',
    eta: 'learning_rate',
    shrinkage_rate: 'learning_rate',
    max_leaves: 'num_leaves',
    max_leaf_nodes: 'num_leaves',
    min_child_samples: 'min_data_in_leaf',
    min_samples_leaf: 'min_data_in_leaf',
    min_data: 'min_data_in_leaf',
    min_child_weight: 'min_sum_hessian_in_leaf',
    min_sum_hessian: 'min_sum_hessian_in_leaf',
    colsample_bytree: 'feature_fraction',
    sub_feature: 'feature_fraction',
    subsample: 'bagging_fraction',
    sub_row: 'bagging_fraction',
    bagging: 'bagging_fraction',
    subsample_freq: 'bagging_freq',
    reg_alpha: 'lambda_l1',
    l1_regularization: 'lambda_l1',
    reg_lambda: 'lambda_l2',
    lambda: 'lambda_l2',
    l2_regularization: 'lambda_l2',
    min_split_gain: 'min_gain_to_split',
    max_bins: 'max_bin',
    early_stopping_rounds: 'early_stopping_round',
    n_iter_no_change: 'early_stopping_round',
    monotone_constraint: 'monotone_constraints',
    monotonic_cst: 'monotone_constraints',
  },
  fit: fitLightgbm,
};

function fitLightgbm(set: TrainingSet, given: JsonObject, context: FitContext) {
  const settings = given as unknown as LightgbmHyperparameters;
  const isBagged = settings.bagging_freq > 0;
  return fitBoosting(
    {
      algorithm: lightgbm.name,
      set,
      classWeight: settings.class_weight,
      validationShare: settings.validation_fraction,
      settings: {
        objective: objectiveOf(settings, set),
        rounds: settings.num_iterations,
        learningRate: settings.learning_rate,
        growth: 'best_first',
        maxLeaves: settings.num_leaves,
        maxDepth: settings.max_depth === -1 ? Infinity : settings.max_depth,
        minRowsPerLeaf: settings.min_data_in_leaf,
        minHessianPerLeaf: settings.min_sum_hessian_in_leaf,
        l1: settings.lambda_l1,
        l2: settings.lambda_l2,
        minGain: settings.min_gain_to_split,
        maxBins: settings.max_bin,
        featureShare: settings.feature_fraction,
        rowShare: isBagged ? settings.bagging_fraction : 1,
        rowShareRounds: Math.max(1, settings.bagging_freq),
        monotone: settings.monotone_constraints ?? [],
        baseScore: undefined,
        patience: settings.early_stopping_round,
      },
    },
    context,
  );
}

function objectiveOf(
  { objective, alpha }: LightgbmHyperparameters,
  { target }: TrainingSet,
): ObjectiveSpec {
  if (target.task === 'classification') {
    const { classCount } = target;
    const wanted = objective === 'binary' || (objective === null && classCount === 2);
    return classObjective(lightgbm.name, {
      objective,
      isBinary: wanted,
      classCount,
      hessianFactor: classCount / (classCount - 1),
    });
  }
  if (objective === 'regression_l1') return { name: 'absolute' };
  if (objective === 'huber' || objective === 'quantile') return { name: objective, alpha };
  return { name: 'squared' };
}
