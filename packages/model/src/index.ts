export { type ForestShape, assembleForest } from './assemble-forest.ts';
export type { Estimator, LinearEstimator, Link, TreeEnsemble } from './estimator.ts';
export type { GrownTree } from './grown-tree.ts';
export type { Model, Provenance, Target } from './model.ts';
export type { ClassPredictions, NumberPredictions, Predictions } from './predictions.ts';
