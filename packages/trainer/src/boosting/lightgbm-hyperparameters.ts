import type { ClassWeight } from '../class-weights.ts';
import type { Hyperparameter } from '../hyperparameter.ts';
import {
  amount,
  choice,
  count,
  factor,
  share,
  sharedHyperparameters,
  stoppingMetric,
} from './boosting-hyperparameters.ts';
import type { CategoricalChoice } from './category-rules.ts';
import type { NamedMetrics } from './named-metric.ts';

/** LightGBM's metrics, by its names. @param alpha of the quantile and the Huber loss. */
export function lightgbmMetrics(alpha: number): NamedMetrics {
  return {
    binary: {
      binary_logloss: undefined,
      auc: { kind: 'roc_auc' },
      binary_error: { kind: 'error_rate' },
    },
    multiclass: { multi_logloss: undefined, multi_error: { kind: 'error_rate' } },
    numbers: {
      l1: { kind: 'loss', of: { name: 'absolute' } },
      l2: { kind: 'loss', of: { name: 'squared' } },
      rmse: { kind: 'rmse' },
      mape: { kind: 'mape' },
      huber: { kind: 'loss', of: { name: 'huber', alpha } },
      quantile: { kind: 'loss', of: { name: 'quantile', alpha } },
      poisson: { kind: 'poisson' },
    },
  };
}

/** The settings by LightGBM's names, checked. */
export interface LightgbmHyperparameters {
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
  readonly poisson_max_delta_step: number;
  readonly max_delta_step: number;
  readonly categorical_feature: CategoricalChoice;
  readonly max_cat_to_onehot: number;
  readonly max_cat_threshold: number;
  readonly cat_smooth: number;
  readonly cat_l2: number;
  readonly min_data_per_group: number;
  readonly early_stopping_round: number;
  readonly metric: string | null;
  readonly validation_fraction: number;
  readonly monotone_constraints: readonly number[] | null;
  readonly class_weight: ClassWeight;
}

/** The settings, their defaults, and what they may be. */
export const lightgbmHyperparameters: {
  readonly [name in keyof LightgbmHyperparameters]: Hyperparameter;
} = {
  objective: choice(
    {
      classification: ['binary', 'multiclass'],
      regression: ['regression', 'regression_l1', 'huber', 'quantile', 'poisson'],
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
  poisson_max_delta_step: factor(0.7, 'What keeps the steps of the Poisson objective small.'),
  max_delta_step: amount(0, 'What a leaf adds at most, before the learning rate; 0 = no limit.'),
  categorical_feature: sharedHyperparameters.categorical_feature,
  max_cat_to_onehot: count(4, 1, 'Categories up to which one is split from all others.'),
  max_cat_threshold: count(32, 1, 'Categories in a set that a split asks for at most.'),
  cat_smooth: amount(
    10,
    'Rows that a category must have in a node, and what evens out the order of small categories.',
  ),
  cat_l2: amount(10, 'L2 penalty, beside lambda_l2, below a split by a set of categories.'),
  min_data_per_group: count(100, 1, 'Rows by which a set of categories grows at a time.'),
  early_stopping_round: count(
    0,
    0,
    'Rounds without a gain on held-out rows to stop after; 0 = never.',
  ),
  metric: stoppingMetric(lightgbmMetrics(0.9)),
  validation_fraction: sharedHyperparameters.validation_fraction,
  monotone_constraints: sharedHyperparameters.monotone_constraints,
  class_weight: sharedHyperparameters.class_weight,
};

/** Other names that LightGBM knows them by. */
export const lightgbmAliases = {
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
  metrics: 'metric',
  metric_types: 'metric',
  max_tree_output: 'max_delta_step',
  max_leaf_output: 'max_delta_step',
  cat_feature: 'categorical_feature',
  categorical_column: 'categorical_feature',
  cat_column: 'categorical_feature',
  categorical_features: 'categorical_feature',
};
