import type { JsonObject } from '@gnu-mlops/core';
import type { Algorithm } from '../algorithm.ts';
import { HyperparameterInvalidError } from '../errors.ts';
import type { FitContext } from '../fit-context.ts';
import type { TrainingSet } from '../training-set.ts';
import { classObjective, fitBoosting } from './fit-boosting.ts';
import {
  type XgboostHyperparameters,
  xgboostAliases,
  xgboostHyperparameters,
  xgboostMetrics,
} from './xgboost-hyperparameters.ts';
import { metricNamed } from './named-metric.ts';
import type { ObjectiveSpec } from './objective.ts';

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
  hyperparameters: xgboostHyperparameters,
  aliases: xgboostAliases,
  stopsEarly: (given) => (given as unknown as XgboostHyperparameters).early_stopping_rounds > 0,
  categoricalColumns: (given) => (given as unknown as XgboostHyperparameters).categorical_feature,
  fit: fitXgboost,
};

function fitXgboost(set: TrainingSet, given: JsonObject, context: FitContext) {
  const settings = given as unknown as XgboostHyperparameters;
  const objective = objectiveOf(settings, set);
  const metrics = xgboostMetrics({
    quantile: settings.quantile_alpha,
    slope: settings.huber_slope,
  });
  return fitBoosting(
    {
      algorithm: xgboost.name,
      set,
      classWeight: settings.class_weight,
      categorical: settings.categorical_feature,
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
        maxStep: maxStepOf(settings) || Infinity,
        minGain: settings.gamma,
        maxBins: settings.max_bin,
        featureShare: settings.colsample_bytree,
        rowShare: settings.subsample,
        rowShareRounds: 1,
        monotone: settings.monotone_constraints ?? [],
        categories: {
          oneHotLevels: settings.max_cat_to_onehot - 1,
          smoothing: settings.reg_lambda,
          minRowsPerCategory: 1,
          minHessianPerCategory: settings.min_child_weight,
          minRowsPerGroup: 1,
          maxSetSize: settings.max_cat_threshold,
          l2: 0,
        },
        baseScore: rawScore(settings.base_score, objective),
        patience: settings.early_stopping_rounds,
        stoppingMetric: metricNamed(metrics, {
          algorithm: xgboost.name,
          hyperparameter: 'eval_metric',
          name: settings.eval_metric,
          objective,
        }),
      },
    },
    context,
  );
}

function rawScore(score: number | null, { name }: ObjectiveSpec): number | undefined {
  if (score === null) return undefined;
  if (name === 'poisson') {
    if (score > 0) return Math.log(score);
    const accepts = 'null or a number above 0 with the objective count:poisson';
    throw new HyperparameterInvalidError(xgboost.name, 'base_score', { value: score, accepts });
  }
  return name === 'logistic' ? Math.log(score / (1 - score)) : score;
}

/** 0: no limit. */
function maxStepOf({ max_delta_step: given, objective }: XgboostHyperparameters): number {
  return given ?? (objective === 'count:poisson' ? 0.7 : 0);
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
  if (objective === 'count:poisson') {
    return { name: 'poisson', maxDeltaStep: maxStepOf(settings) };
  }
  return { name: 'squared' };
}
