export { type TrainingCheckOptions, checkTrainingTable } from './check-training-table.ts';
export type { CategoryProfile, ColumnProfile, NumberProfile } from './column-profile.ts';
export type { ColumnSelector } from './column-selector.ts';
export { type Transformer, createTransformer } from './create-transformer.ts';
export { type DefaultRecipeOptions, defaultRecipeSpec } from './default-recipe-spec.ts';
export {
  type ClassTarget,
  type EncodeTargetOptions,
  type EncodedTarget,
  type NumberTarget,
  encodeTarget,
} from './encode-target.ts';
export { encodeGroups } from './encode-groups.ts';
export {
  CategoryUnknownError,
  ClassTooSmallError,
  EmptyTableError,
  InputKindError,
  NoFeaturesError,
  RecipeInvalidError,
  RecipeSpecInvalidError,
  SplitInvalidError,
  StepColumnKindError,
  StepColumnNotFoundError,
  TargetInvalidError,
  TargetMissingError,
  TextLeftError,
  ValueNotFiniteError,
  ValueOutOfRangeError,
} from './errors.ts';
export type { Feature, FeatureMatrix } from './feature-matrix.ts';
export type { CheckName, Finding } from './finding.ts';
export { type FitRecipeOptions, fitRecipe } from './fit-recipe.ts';
export type { FittedStep } from './fitted-step.ts';
export { inferTask } from './infer-task.ts';
export { parseRecipe } from './parse-recipe.ts';
export { parseRecipeSpec } from './parse-recipe-spec.ts';
export { type TableProfile, profileTable } from './profile-table.ts';
export { readTimes } from './read-times.ts';
export type { Recipe, RecipeSpec } from './recipe.ts';
export type { Split } from './split.ts';
export { type TimeSplitOptions, splitByTime } from './split-by-time.ts';
export { type Fold, type FoldOptions, splitFolds } from './split-folds.ts';
export { type GroupFoldOptions, splitGroupFolds } from './split-group-folds.ts';
export { type GroupSplitOptions, splitGroups } from './split-groups.ts';
export { type TimeFoldOptions, splitTimeFolds } from './split-time-folds.ts';
export { type TrainTestOptions, splitTrainTest } from './split-train-test.ts';
export type { DroppedColumn } from './step-definition.ts';
export type { StepSpec } from './step-spec.ts';
export { transformTable } from './transform-table.ts';
export type { ClipSpec, FittedClip } from './steps/clip.ts';
export type { DropSpec, FittedDrop } from './steps/drop.ts';
export type { FittedImpute, ImputeSpec } from './steps/impute.ts';
export type { FittedLog1p, Log1pSpec } from './steps/log1p.ts';
export type { FittedMinMaxScale, MinMaxScaleSpec } from './steps/min-max-scale.ts';
export type { FittedOneHot, OneHotSpec } from './steps/one-hot.ts';
export type { FittedOrdinalEncode, OrdinalEncodeSpec } from './steps/ordinal-encode.ts';
export type { SelectSpec } from './steps/select.ts';
export type { FittedStandardScale, StandardScaleSpec } from './steps/standard-scale.ts';
