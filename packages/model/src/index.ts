export { type ForestShape, assembleForest } from './assemble-forest.ts';
export { type CategorySets, categoriesOfSet, isInCategorySet } from './category-sets.ts';
export { checkModel } from './check-model.ts';
export {
  FeatureCountError,
  FlavorMissingError,
  FolderFileMissingError,
  FolderOptionError,
  ModelFileCorruptError,
  ModelFileVersionError,
  ModelInvalidError,
  ScoreNotFiniteError,
} from './errors.ts';
export type { Estimator, LinearEstimator, Link, TreeEnsemble } from './estimator.ts';
export {
  MODEL_FILE_NAME,
  MODEL_FORMAT_VERSION,
  formatModel,
  parseModel,
} from './file/model-file.ts';
export type { ModelOrigin } from './folder/mlmodel.ts';
export {
  type ModelFolder,
  type ModelFolderOptions,
  formatModelFolder,
  parseModelFolder,
} from './folder/model-folder.ts';
export type { GrownTree } from './grown-tree.ts';
export type { Model, Provenance, Target } from './model.ts';
export { outputWidth } from './output-width.ts';
export { type MatrixScorer, createMatrixScorer, predictMatrix } from './predict-matrix.ts';
export { type Scorer, createScorer, predictTable } from './predict-table.ts';
export type { ClassPredictions, NumberPredictions, Predictions } from './predictions.ts';
export { scoreReference } from './score-reference.ts';
