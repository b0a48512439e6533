import type { JsonObject } from '@gnu-mlops/core';
import { assembleForest } from '@gnu-mlops/model';
import type { Algorithm, Fit } from '../algorithm.ts';
import { applyClassWeight } from '../class-weights.ts';
import { HyperparameterInvalidError } from '../errors.ts';
import type { FitContext } from '../fit-context.ts';
import { createPace } from '../pace.ts';
import type { ClassTarget, TrainingSet } from '../training-set.ts';
import type { TreeOptions } from './forest-data.ts';
import {
  type ForestHyperparameters,
  featuresPerSplit,
  forestHyperparameters,
} from './forest-hyperparameters.ts';
import { growForest } from './grow-forest.ts';
import { meanImportances } from './mean-importances.ts';
import { toOrdinaryUnits } from './ordinary-units.ts';
import { scoreOutOfBag } from './out-of-bag-score.ts';

/**
 * Breiman's random forest over binned features. A missing value is a value like any other: each
 * split learns which side it goes to. Class probabilities are the mean of the trees' leaf shares.
 *
 * @see scikit-learn RandomForestClassifier, RandomForestRegressor: same sampling, same limits (rows,
 *   not weights), same criteria.
 */
export const randomForest: Algorithm = {
  name: 'random_forest',
  description: 'Many decision trees on random rows and features, averaged.',
  tasks: ['classification', 'regression'],
  family: 'trees',
  hyperparameters: forestHyperparameters,
  fit: fitRandomForest,
};

async function fitRandomForest(
  set: TrainingSet,
  hyperparameters: JsonObject,
  context: FitContext,
): Promise<Fit> {
  const settings = hyperparameters as unknown as ForestHyperparameters;
  if (settings.oob_score && !settings.bootstrap) {
    throw new HyperparameterInvalidError(randomForest.name, 'oob_score', {
      value: true,
      accepts: 'false where bootstrap is false, as no row is then outside the bag',
    });
  }
  const { matrix, target } = set;
  const weights =
    target.task === 'classification'
      ? applyClassWeight(set as TrainingSet<ClassTarget>, settings.class_weight, randomForest.name)
      : set.weights;
  const { data, restore } = toOrdinaryUnits({ matrix, target, weights });
  const grown = await growForest(
    {
      data,
      bins: { maxBins: settings.max_bins, weights: set.weights },
      options: treeOptions(settings, set),
      treeCount: settings.n_estimators,
    },
    context,
  );
  const growths = grown.map(restore);
  const estimator = assembleForest(
    growths.map((growth) => growth.tree),
    {
      outputCount: target.task === 'classification' ? target.classCount : 1,
      aggregation: 'mean',
    },
  );
  const importances = meanImportances(growths.map((growth) => growth.gains));
  if (!settings.oob_score) return { estimator, importances };
  const outOfBagScore = await scoreOutOfBag(estimator, set, createPace(context.signal));
  return { estimator, importances, outOfBagScore };
}

function treeOptions(settings: ForestHyperparameters, { matrix, seed }: TrainingSet): TreeOptions {
  return {
    criterion: settings.criterion === 'log_loss' ? 'entropy' : settings.criterion,
    maxDepth: settings.max_depth ?? Infinity,
    maxLeafNodes: settings.max_leaf_nodes ?? Infinity,
    minSamplesSplit: settings.min_samples_split,
    minSamplesLeaf: settings.min_samples_leaf,
    featuresPerSplit: featuresPerSplit(settings.max_features, matrix.columns.length),
    sampling: settings.bootstrap ? 'bootstrap' : 'all_rows',
    seed,
  };
}
