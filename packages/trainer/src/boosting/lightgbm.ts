import type { JsonObject } from '@gnu-mlops/core';
import type { Algorithm } from '../algorithm.ts';
import type { FitContext } from '../fit-context.ts';
import type { TrainingSet } from '../training-set.ts';
import { classObjective, fitBoosting } from './fit-boosting.ts';
import {
  type LightgbmHyperparameters,
  lightgbmAliases,
  lightgbmHyperparameters,
  lightgbmMetrics,
} from './lightgbm-hyperparameters.ts';
import { metricNamed } from './named-metric.ts';
import type { ObjectiveSpec } from './objective.ts';

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
  hyperparameters: lightgbmHyperparameters,
  aliases: lightgbmAliases,
  stopsEarly: (given) => (given as unknown as LightgbmHyperparameters).early_stopping_round > 0,
  categoricalColumns: (given) => (given as unknown as LightgbmHyperparameters).categorical_feature,
  fit: fitLightgbm,
};

function fitLightgbm(set: TrainingSet, given: JsonObject, context: FitContext) {
  const settings = given as unknown as LightgbmHyperparameters;
  const objective = objectiveOf(settings, set);
  const isBagged = settings.bagging_freq > 0;
  return fitBoosting(
    {
      algorithm: lightgbm.name,
      set,
      classWeight: settings.class_weight,
      categorical: settings.categorical_feature,
      validationShare: settings.validation_fraction,
      settings: {
        objective,
        rounds: settings.num_iterations,
        learningRate: settings.learning_rate,
        growth: 'best_first',
        maxLeaves: settings.num_leaves,
        maxDepth: settings.max_depth === -1 ? Infinity : settings.max_depth,
        minRowsPerLeaf: settings.min_data_in_leaf,
        minHessianPerLeaf: settings.min_sum_hessian_in_leaf,
        l1: settings.lambda_l1,
        l2: settings.lambda_l2,
        maxStep: settings.max_delta_step === 0 ? Infinity : settings.max_delta_step,
        minGain: settings.min_gain_to_split,
        maxBins: settings.max_bin,
        featureShare: settings.feature_fraction,
        rowShare: isBagged ? settings.bagging_fraction : 1,
        rowShareRounds: Math.max(1, settings.bagging_freq),
        monotone: settings.monotone_constraints ?? [],
        categories: {
          oneHotLevels: settings.max_cat_to_onehot,
          smoothing: settings.cat_smooth,
          minRowsPerCategory: settings.cat_smooth,
          minHessianPerCategory: 0,
          minRowsPerGroup: settings.min_data_per_group,
          maxSetSize: settings.max_cat_threshold,
          l2: settings.cat_l2,
        },
        baseScore: undefined,
        patience: settings.early_stopping_round,
        stoppingMetric: metricNamed(lightgbmMetrics(settings.alpha), {
          algorithm: lightgbm.name,
          hyperparameter: 'metric',
          name: settings.metric,
          objective,
        }),
      },
    },
    context,
  );
}

function objectiveOf(
  { objective, alpha, poisson_max_delta_step: maxDeltaStep }: LightgbmHyperparameters,
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
  if (objective === 'poisson') return { name: 'poisson', maxDeltaStep };
  return { name: 'squared' };
}
