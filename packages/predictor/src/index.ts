export { createPredictor, createPredictorFromBytes } from './create-predictor.ts';
export {
  FeatureMissingError,
  FieldUnknownError,
  InputInvalidError,
  ModelFileUnreadableError,
  ModelNotFoundError,
  PredictorClosedError,
  ValueInvalidError,
} from './errors.ts';
export type { ExplainOptions, ExplainedPrediction } from './explain-rows.ts';
export { type ModelCache, createModelCache } from './model-cache.ts';
export type { ModelSelector } from './model-selector.ts';
export { type OpenPredictorOptions, openPredictor } from './open-predictor.ts';
export type { InputRecord, PredictInput, SplitInput } from './predict-input.ts';
export type { Prediction } from './prediction.ts';
export type { Predictor } from './predictor.ts';
export type { RefreshResult } from './refresh-result.ts';
export type { PredictOptions, PredictTableOptions, RowPredictor } from './row-predictor.ts';
export type { ModelRegistry } from './serve-version.ts';
