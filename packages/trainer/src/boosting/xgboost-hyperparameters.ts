import type { ClassWeight } from '../class-weights.ts';
import { type Hyperparameter, isPositive } from '../hyperparameter.ts';
import {
  amount,
  choice,
  count,
  factor,
  fraction,
  share,
  sharedHyperparameters,
  stoppingMetric,
} from './boosting-hyperparameters.ts';
import type { CategoricalChoice } from './category-rules.ts';
import type { NamedMetrics } from './named-metric.ts';

/** XGBoost's metrics, by its names. */
export function xgboostMetrics(of: { quantile: number; slope: number }): NamedMetrics {
  return {
    binary: {
      logloss: undefined,
      auc: { kind: 'roc_auc' },
      error: { kind: 'error_rate' },
    },
    multiclass: { mlogloss: undefined, merror: { kind: 'error_rate' } },
    numbers: {
      rmse: { kind: 'rmse' },
      mae: { kind: 'loss', of: { name: 'absolute' } },
      mape: { kind: 'mape' },
      mphe: { kind: 'loss', of: { name: 'pseudo_huber', alpha: of.slope } },
      quantile: { kind: 'loss', of: { name: 'quantile', alpha: of.quantile } },
      'poisson-nloglik': { kind: 'poisson' },
    },
  };
}

/** The settings by XGBoost's names, checked. */
export interface XgboostHyperparameters {
  readonly objective: string | null;
  readonly n_estimators: number;
  readonly learning_rate: number;
  readonly max_depth: number;
  readonly max_leaves: number;
  readonly grow_policy: 'depthwise' | 'lossguide';
  readonly min_child_weight: number;
  readonly gamma: number;
  readonly subsample: number;
  readonly colsample_bytree: number;
  readonly reg_lambda: number;
  readonly reg_alpha: number;
  readonly max_bin: number;
  readonly base_score: number | null;
  readonly quantile_alpha: number;
  readonly huber_slope: number;
  readonly max_delta_step: number | null;
  readonly categorical_feature: CategoricalChoice;
  readonly max_cat_to_onehot: number;
  readonly max_cat_threshold: number;
  readonly early_stopping_rounds: number;
  readonly eval_metric: string | null;
  readonly validation_fraction: number;
  readonly monotone_constraints: readonly number[] | null;
  readonly class_weight: ClassWeight;
}

/** The settings, their defaults, and what they may be. */
export const xgboostHyperparameters: {
  readonly [name in keyof XgboostHyperparameters]: Hyperparameter;
} = {
  objective: choice(
    {
      classification: ['binary:logistic', 'multi:softprob'],
      regression: [
        'reg:squarederror',
        'reg:absoluteerror',
        'reg:pseudohubererror',
        'reg:quantileerror',
        'count:poisson',
      ],
    },
    'The loss to minimise.',
  ),
  n_estimators: count(100, 1, 'Rounds of boosting.'),
  learning_rate: factor(0.3, 'How much of each step is taken.'),
  max_depth: count(6, 0, 'Splits between the root and the deepest leaf; 0 = no limit.'),
  max_leaves: count(0, 0, 'Leaves of a tree at most; 0 = no limit.'),
  grow_policy: {
    defaultFor: () => 'depthwise',
    accepts: '"depthwise" or "lossguide"',
    isValid: (value) => value === 'depthwise' || value === 'lossguide',
    description: 'Whether to split level by level, or next where the most is gained.',
  },
  min_child_weight: amount(1, 'Sum of second derivatives that each side of a split must have.'),
  gamma: amount(0, 'What a split must gain.'),
  subsample: share(1, 'Share of the rows that each tree learns from.'),
  colsample_bytree: share(1, 'Share of the features that each tree may use.'),
  reg_lambda: amount(1, 'L2 penalty on the values of leaves.'),
  reg_alpha: amount(0, 'L1 penalty on the values of leaves.'),
  max_bin: sharedHyperparameters.max_bin,
  base_score: {
    defaultFor: () => null,
    accepts: 'null, or a number: for two classes a probability above 0 and below 1',
    isValid: (value, task) =>
      value === null ||
      (typeof value === 'number' && (task === 'regression' || (value > 0 && value < 1))),
    description: 'The prediction to start from; null = the best constant.',
  },
  quantile_alpha: fraction(0.5, 'The quantile that reg:quantileerror learns.'),
  huber_slope: factor(1, 'The residual from which reg:pseudohubererror becomes linear.'),
  max_delta_step: {
    defaultFor: () => null,
    accepts: 'null, or a number of at least 0',
    isValid: (value) => value === null || value === 0 || isPositive(value),
    description:
      'What a leaf adds at most, before the learning rate; 0 = no limit, null = 0.7 for ' +
      'count:poisson, else no limit.',
  },
  categorical_feature: sharedHyperparameters.categorical_feature,
  max_cat_to_onehot: count(4, 1, 'Fewer categories than this are split one from all others.'),
  max_cat_threshold: count(64, 1, 'Categories in a set that a split asks for at most.'),
  early_stopping_rounds: count(
    0,
    0,
    'Rounds without a gain on held-out rows to stop after; 0 = never.',
  ),
  eval_metric: stoppingMetric(xgboostMetrics({ quantile: 0.5, slope: 1 })),
  validation_fraction: sharedHyperparameters.validation_fraction,
  monotone_constraints: sharedHyperparameters.monotone_constraints,
  class_weight: sharedHyperparameters.class_weight,
};

/** Other names that XGBoost knows them by. */
export const xgboostAliases = {
  num_boost_round: 'n_estimators',
  num_round: 'n_estimators',
  eta: 'learning_rate',
  min_split_loss: 'gamma',
  lambda: 'reg_lambda',
  alpha: 'reg_alpha',
};
