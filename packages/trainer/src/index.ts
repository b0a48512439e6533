export type { Algorithm, Fit } from './algorithm.ts';
export { algorithmNamed, algorithms } from './algorithms.ts';
export { type CalibrationRequest, fitCalibration } from './calibration/fit-calibration.ts';
export { type CrossValidationRequest, crossValidate } from './cross-validate.ts';
export type {
  CalibrationFigures,
  CalibrationReport,
  DecisionReport,
  ThresholdReport,
} from './decisions/decision-report.ts';
export type { DecisionRequest } from './decisions/decision-request.ts';
export {
  AlgorithmUnknownError,
  ClassUnknownError,
  FeatureCategoricalError,
  FeatureMissingValuesError,
  HyperparameterInvalidError,
  HyperparameterUnknownError,
  MatrixEmptyError,
  NotConvergedError,
  OneClassError,
  TableUnfitError,
  TaskUnsupportedError,
  TrainingCancelledError,
  TrainingDivergedError,
  TrainingInputError,
  TrainingMemoryError,
  TrainingOptionError,
  TrainingWorkerError,
} from './errors.ts';
export { type EvaluationOptions, evaluateModel } from './evaluate-model.ts';
export {
  type ThresholdChoice,
  type ThresholdRequest,
  chooseThreshold,
} from './evaluation/choose-threshold.ts';
export type { OutOfFoldPredictions } from './evaluation/gather-folds.ts';
export { predictOutOfFold } from './evaluation/predict-out-of-fold.ts';
export type { DecisionCosts, ThresholdCriterion } from './evaluation/threshold-criterion.ts';
export { type ThresholdFigures, measureAtThreshold } from './evaluation/threshold-figures.ts';
export { mergeHyperparameters, withoutHyperparameters } from './merge-hyperparameters.ts';
export { type FitRequest, fitAlgorithm, fitEstimator } from './fit-algorithm.ts';
export type { FitContext } from './fit-context.ts';
export { type ThreadPool, openThreadPool } from './threads/thread-pool.ts';
export type { FoldMetrics } from './fold-metrics.ts';
export type { Hyperparameter } from './hyperparameter.ts';
export type { LearningRequest } from './learning-request.ts';
export type { TrainingRows } from './prepare-training-set.ts';
export { resolveHyperparameters } from './resolve-hyperparameters.ts';
export { defaultSearchSpace } from './search/default-search-space.ts';
export { parseSearchSpace } from './search/parse-search-space.ts';
export type { MedianPruner, Pruner } from './search/pruner.ts';
export {
  type GridSampler,
  type RandomSampler,
  type Sampler,
  type SuggestionContext,
  type TpeSampler,
  suggestHyperparameters,
} from './search/sampler.ts';
export {
  SearchFruitlessError,
  SearchSpaceError,
  SearchWorkerError,
} from './search/search-errors.ts';
export { defaultSearchMetric, searchHyperparameters } from './search/search-hyperparameters.ts';
export type { FoldResult, SearchListener } from './search/search-listener.ts';
export type { SearchContext, SearchRequest, SearchResult } from './search/search-request.ts';
export type {
  CategoricalDimension,
  Dimension,
  FloatDimension,
  IntDimension,
  SearchSpace,
} from './search/search-space.ts';
export { type Direction, type Proposal, type Trial, bestTrial } from './search/trial.ts';
export {
  type TrainContext,
  type TrainRequest,
  type TrainedModel,
  trainModel,
} from './train-model.ts';
export type { FeatureImportance, TrainingReport } from './training-report.ts';
export type { ClassTarget, NumberTarget, TrainingSet, TrainingTarget } from './training-set.ts';
