export { type LinkedRow, applyLink } from './apply-link.ts';
export { type ForestShape, assembleForest } from './assemble-forest.ts';
export { type CategorySets, categoriesOfSet, isInCategorySet } from './category-sets.ts';
export { applyCalibration } from './calibration/apply-calibration.ts';
export type {
  Calibration,
  CalibrationMethod,
  IsotonicMap,
  SigmoidMap,
} from './calibration/calibration.ts';
export { checkModel } from './check-model.ts';
export { decideLabels } from './decide-labels.ts';
export type { DecisionThreshold } from './decision-threshold.ts';
export {
  type MemberOutputs,
  stackedColumns,
  stackedFeatures,
} from './ensemble/stacked-features.ts';
export {
  ExplainOptionError,
  ExplainUnsupportedError,
  FeatureCountError,
  FlavorMissingError,
  FolderFileMissingError,
  FolderOptionError,
  ForeignModelCorruptError,
  ForeignModelOptionError,
  ForeignModelUnsupportedError,
  ModelFileCorruptError,
  ModelFileVersionError,
  ModelInvalidError,
  ScoreNotFiniteError,
} from './errors.ts';
export type {
  Activation,
  Ensemble,
  Estimator,
  LinearEstimator,
  Link,
  NeuralNetwork,
  SingleEstimator,
  Stack,
  TreeEnsemble,
  WeightedMean,
} from './estimator.ts';
export {
  type ExplainerOptions,
  createExplainer,
  createTreeExplainer,
} from './explain/create-explainer.ts';
export {
  type ColumnContribution,
  type RowExplanation,
  type RowExplanationOptions,
  explainRow,
} from './explain/explain-row.ts';
export {
  type ScoreSpace,
  type TableExplainer,
  type TableExplainerOptions,
  type TableExplanation,
  createTableExplainer,
  explainTable,
} from './explain/explain-table.ts';
export type { Explainer, Explanation } from './explain/explanation.ts';
export { featureMeans } from './explain/feature-means.ts';
export { featureSources } from './explain/feature-sources.ts';
export {
  type DependenceAxis,
  type DependenceOptions,
  type PartialDependence,
  partialDependence,
} from './explain/partial-dependence.ts';
export {
  type PermutationImportance,
  type PermutationOptions,
  type PermutationReport,
  permutationImportance,
} from './explain/permutation-importance.ts';
export { type ColumnImportance, sumByColumn } from './explain/sum-by-column.ts';
export { type JavaScriptOptions, formatJavaScript } from './export/format-javascript.ts';
export { type SqlOptions, formatSql } from './export/format-sql.ts';
export type { SqlDialect } from './export/sql-dialect.ts';
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
export type { TreeExportOptions } from './foreign/check-calibration-export.ts';
export type { ForeignEnsemble } from './foreign/foreign-ensemble.ts';
export type { ForeignModelOptions } from './foreign/model-from-ensemble.ts';
export type { GrownTree } from './grown-tree.ts';
export { formatLightgbm } from './lightgbm/format-lightgbm.ts';
export { lightgbmFromModel } from './lightgbm/lightgbm-from-model.ts';
export { modelFromLightgbm, parseLightgbm } from './lightgbm/parse-lightgbm.ts';
export type { Model, Provenance, Target } from './model.ts';
export { formatOnnx } from './onnx/format-onnx.ts';
export {
  OnnxCorruptError,
  OnnxOperatorError,
  OnnxOptionError,
  OnnxUnsupportedError,
} from './onnx/onnx-errors.ts';
export { type ParseOnnxOptions, parseOnnx } from './onnx/parse-onnx.ts';
export { activate } from './neural/activate.ts';
export { outputWidth } from './output-width.ts';
export { type MatrixScorer, createMatrixScorer, predictMatrix } from './predict-matrix.ts';
export { type Scorer, createScorer, predictTable } from './predict-table.ts';
export type { ClassPredictions, NumberPredictions, Predictions } from './predictions.ts';
export { renumberRows } from './renumber-rows.ts';
export { scoreReference } from './score-reference.ts';
export { formatXgboost } from './xgboost/format-xgboost.ts';
export { modelFromXgboost, parseXgboost } from './xgboost/parse-xgboost.ts';
export { xgboostFromModel } from './xgboost/xgboost-from-model.ts';
