import { type Hyperparameter, isClassWeight, isCount } from '../hyperparameter.ts';
import type { ClassWeight } from '../class-weights.ts';

/** The settings of a random forest, checked, by scikit-learn's names. */
export interface ForestHyperparameters {
  readonly n_estimators: number;
  readonly max_depth: number | null;
  readonly min_samples_split: number;
  readonly min_samples_leaf: number;
  readonly max_features: 'sqrt' | 'log2' | number | null;
  readonly max_leaf_nodes: number | null;
  readonly max_bins: number;
  readonly bootstrap: boolean;
  readonly oob_score: boolean;
  readonly class_weight: ClassWeight;
  readonly criterion: 'gini' | 'entropy' | 'log_loss' | 'squared_error';
}

/** Their defaults are scikit-learn's, but for `max_depth` (10, not unlimited) and `max_bins`. */
export const forestHyperparameters: {
  readonly [name in keyof ForestHyperparameters]: Hyperparameter;
} = {
  n_estimators: {
    defaultFor: () => 100,
    accepts: 'a whole number of at least 1',
    isValid: (value) => isCount(value, 1),
    description: 'Trees in the forest.',
  },
  max_depth: {
    defaultFor: () => 10,
    accepts: 'a whole number of at least 1, or null for no limit',
    isValid: (value) => value === null || isCount(value, 1),
    description: 'Splits between the root and the deepest leaf.',
  },
  min_samples_split: {
    defaultFor: () => 2,
    accepts: 'a whole number of at least 2',
    isValid: (value) => isCount(value, 2),
    description: 'Rows that a node must have to be split.',
  },
  min_samples_leaf: {
    defaultFor: () => 1,
    accepts: 'a whole number of at least 1',
    isValid: (value) => isCount(value, 1),
    description: 'Rows that each side of a split must have.',
  },
  max_features: {
    defaultFor: (task) => (task === 'classification' ? 'sqrt' : 1),
    accepts:
      '"sqrt", "log2", a share of the features above 0 and up to 1, a whole number above 1, or null for all',
    isValid: (value) =>
      value === null ||
      value === 'sqrt' ||
      value === 'log2' ||
      isCount(value, 2) ||
      (typeof value === 'number' && value > 0 && value <= 1),
    description: 'Features drawn for each split; 1 means all of them, as scikit-learn reads 1.0.',
  },
  max_leaf_nodes: {
    defaultFor: () => null,
    accepts: 'a whole number of at least 2, or null for no limit',
    isValid: (value) => value === null || isCount(value, 2),
    description: 'Leaves of a tree, the most useful splits first.',
  },
  max_bins: {
    defaultFor: () => 255,
    accepts: 'a whole number from 2 to 255',
    isValid: (value) => isCount(value, 2) && value <= 255,
    description: 'Bins that the values of a feature are sorted into.',
  },
  bootstrap: {
    defaultFor: () => true,
    accepts: 'true or false',
    isValid: (value) => typeof value === 'boolean',
    description: 'Whether each tree draws its rows with replacement, or sees all of them once.',
  },
  oob_score: {
    defaultFor: () => false,
    accepts: 'true or false',
    isValid: (value) => typeof value === 'boolean',
    description: 'Whether to score each row with the trees that did not see it; needs bootstrap.',
  },
  class_weight: {
    defaultFor: () => null,
    accepts: '"balanced", a map from class to a weight above 0, or null; for classification only',
    isValid: isClassWeight,
    description: 'How much the rows of each class count.',
  },
  criterion: {
    defaultFor: (task) => (task === 'classification' ? 'gini' : 'squared_error'),
    accepts: '"gini", "entropy" or "log_loss" for classification, "squared_error" for regression',
    isValid: (value, task) =>
      task === 'classification'
        ? value === 'gini' || value === 'entropy' || value === 'log_loss'
        : value === 'squared_error',
    description: 'The impurity that splits decrease.',
  },
};

/** How many features a split draws, in [1, featureCount]. */
export function featuresPerSplit(
  maxFeatures: ForestHyperparameters['max_features'],
  featureCount: number,
): number {
  return Math.max(1, Math.min(featureCount, Math.floor(wantedFeatures(maxFeatures, featureCount))));
}

function wantedFeatures(
  maxFeatures: ForestHyperparameters['max_features'],
  featureCount: number,
): number {
  if (maxFeatures === null) return featureCount;
  if (maxFeatures === 'sqrt') return Math.sqrt(featureCount);
  if (maxFeatures === 'log2') return Math.log2(featureCount);
  return maxFeatures <= 1 ? maxFeatures * featureCount : maxFeatures;
}
