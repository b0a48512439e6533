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
  fraction,
  share,
  sharedHyperparameters,
} from './boosting-hyperparameters.ts';
import { classObjective, fitBoosting } from './fit-boosting.ts';
import type { ObjectiveSpec } from './objective.ts';

/** The settings by XGBoost's names, checked. */
interface XgboostHyperparameters {
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
  readonly early_stopping_rounds: number;
  readonly validation_fraction: number;
  readonly monotone_constraints: readonly number[] | null;
  readonly class_weight: ClassWeight;
}

const hyperparameters: { readonly [name in keyof XgboostHyperparameters]: Hyperparameter } = {
  objective: choice(
    {
      classification: ['binary:logistic', 'multi:softprob'],
      regression: [
        'reg:squarederror',
        'reg:absoluteerror',
        'reg:pseudohubererror',
        'reg:quantileerror',
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
  early_stopping_rounds: count(
    0,
    0,
    'Rounds without a gain on held-out rows to stop after; 0 = never.',
  ),
  validation_fraction: sharedHyperparameters.validation_fraction,
  monotone_constraints: sharedHyperparameters.monotone_constraints,
  class_weight: sharedHyperparameters.class_weight,
};

/**
 * Gradient boosting that splits level by level.
 *
 * @see XGBoost (tree_method hist): its parameters and defaults, but for `max_bin` (255, not 256);
 *   `class_weight` and `validation_fraction` are scikit-learn's.
 */
export const xgboost: Algorithm = {
  name: 'xgboost',
  description: 'Gradient boosting, level by level, with the parameters of XGBoost.',
  tasks: ['classification', 'regression'],
  family: 'trees',
  hyperparameters,
  aliases: {
    num_boost_round: 'n_estimators',
    num_round: 'n_estimators',
    eta: 'learning_rate',
    min_split_loss: 'gamma',
    lambda: 'reg_lambda',
    alpha: 'reg_alpha',
  },
  fit: fitXgboost,
};

function fitXgboost(set: TrainingSet, given: JsonObject, context: FitContext) {
  const settings = given as unknown as XgboostHyperparameters;
  const objective = objectiveOf(settings, set);
  return fitBoosting(
    {
      algorithm: xgboost.name,
      set,
      classWeight: settings.class_weight,
      validationShare: settings.validation_fraction,
      settings: {
        objective,
        rounds: settings.n_estimators,
        learningRate: settings.learning_rate,
        growth: settings.grow_policy === 'lossguide' ? 'best_first' : 'level_by_level',
        maxLeaves: settings.max_leaves === 0 ? Infinity : settings.max_leaves,
        maxDepth: settings.max_depth === 0 ? Infinity : settings.max_depth,
        minRowsPerLeaf: 1,
        minHessianPerLeaf: settings.min_child_weight,
        l1: settings.reg_alpha,
        l2: settings.reg_lambda,
        minGain: settings.gamma,
        maxBins: settings.max_bin,
        featureShare: settings.colsample_bytree,
        rowShare: settings.subsample,
        rowShareRounds: 1,
        monotone: settings.monotone_constraints ?? [],
        baseScore: rawScore(settings.base_score, objective),
        patience: settings.early_stopping_rounds,
      },
    },
    context,
  );
}

function rawScore(score: number | null, { name }: ObjectiveSpec): number | undefined {
  if (score === null) return undefined;
  return name === 'logistic' ? Math.log(score / (1 - score)) : score;
}

function objectiveOf(settings: XgboostHyperparameters, { target }: TrainingSet): ObjectiveSpec {
  const { objective } = settings;
  if (target.task === 'classification') {
    const { classCount } = target;
    const isBinary = objective === 'binary:logistic' || (objective === null && classCount === 2);
    return classObjective(xgboost.name, { objective, isBinary, classCount, hessianFactor: 2 });
  }
  if (objective === 'reg:absoluteerror') return { name: 'absolute' };
  if (objective === 'reg:quantileerror')
    return { name: 'quantile', alpha: settings.quantile_alpha };
  if (objective === 'reg:pseudohubererror') {
    return { name: 'pseudo_huber', alpha: settings.huber_slope };
  }
  return { name: 'squared' };
}
