import type { FeatureMatrix } from '@gnu-mlops/preprocess';

/** Training rows that a forest is grown on. */
export interface ForestData {
  readonly matrix: FeatureMatrix;
  readonly target: ForestTarget;
  /** One a row, above 0, class weights multiplied in. */
  readonly weights: Float64Array;
}

export type ForestTarget = ForestClasses | ForestNumbers;

export interface ForestClasses {
  readonly task: 'classification';
  /** Class codes in [0, classCount), one a row. */
  readonly labels: Int32Array;
  readonly classCount: number;
}

export interface ForestNumbers {
  readonly task: 'regression';
  /** One a row; finite. */
  readonly values: Float64Array;
}

/** How every tree of a forest is grown. Limits that are off are Infinity. */
export interface TreeOptions {
  readonly criterion: 'gini' | 'entropy' | 'squared_error';
  readonly maxDepth: number;
  readonly maxLeafNodes: number;
  /** Distinct rows, not weights. */
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
  /** How many features are drawn for a split, in [1, features]. */
  readonly featuresPerSplit: number;
  /** `bootstrap`: each tree draws as many rows as there are, with replacement. */
  readonly sampling: 'bootstrap' | 'all_rows';
  readonly seed: number;
}
