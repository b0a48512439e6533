export { type TrainingCheckOptions, checkTrainingTable } from './check-training-table.ts';
export type { CategoryProfile, ColumnProfile, Histogram, NumberProfile } from './column-profile.ts';
export type { ColumnSelector } from './column-selector.ts';
export type { Category } from './count-categories.ts';
export { type Transformer, createTransformer } from './create-transformer.ts';
export {
  type AllowedValuesCheck,
  type Bound,
  type CheckSeverity,
  type DataCheck,
  type ExpressionCheck,
  type KindCheck,
  type NullShareCheck,
  type RangeCheck,
  type RowCountCheck,
  type UniqueCheck,
  DATA_CHECKS,
} from './data-checks/data-check.ts';
export type {
  CheckStatus,
  DataCheckReport,
  DataCheckResult,
} from './data-checks/data-check-report.ts';
export { describeDataCheck } from './data-checks/describe-data-check.ts';
export { inferDataChecks } from './data-checks/infer-data-checks.ts';
export { parseDataChecks } from './data-checks/parse-data-checks.ts';
export { runDataChecks } from './data-checks/run-data-checks.ts';
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
  CategoriesTooManyError,
  CategoryUnknownError,
  ChunksChangedError,
  ClassTooSmallError,
  DataChecksInvalidError,
  EmptyTableError,
  ExpressionsUnavailableError,
  InputKindError,
  NoFeaturesError,
  ProfileInvalidError,
  RecipeInvalidError,
  RecipeSpecInvalidError,
  SplitInvalidError,
  StepColumnKindError,
  StepColumnNotFoundError,
  StepNeedsTableError,
  TargetInvalidError,
  TargetMissingError,
  TargetNeededError,
  TextLeftError,
  ValueNotFiniteError,
  ValueOutOfRangeError,
} from './errors.ts';
export type { Feature, FeatureMatrix } from './feature-matrix.ts';
export type { CheckName, Finding } from './finding.ts';
export type { Expression } from './expression.ts';
export type { ExpressionFunction } from './expression-functions.ts';
export { featureInputs } from './feature-inputs.ts';
export {
  type FitRecipeOptions,
  type FittedTransform,
  fitRecipe,
  fitTransform,
} from './fit-recipe.ts';
export {
  type FitChunksOptions,
  type FittedFromChunks,
  type TableChunks,
  fitRecipeFromChunks,
} from './fit-recipe-from-chunks.ts';
export type { FittedStep } from './fitted-step.ts';
export { inferTask } from './infer-task.ts';
export { parseRecipe } from './parse-recipe.ts';
export { type RecipeSpecForm, parseRecipeSpec } from './parse-recipe-spec.ts';
export { PROFILE_FILE_NAME, formatTableProfile, parseTableProfile } from './profile-file.ts';
export { type TableProfile, profileTable } from './profile-table.ts';
export { readTimes } from './read-times.ts';
export type { Recipe, RecipeSpec } from './recipe.ts';
export { renumberRows } from './renumber-rows.ts';
export { measureRelations } from './relations/measure-relations.ts';
export type {
  ColumnRelation,
  Correlations,
  TableRelations,
  TargetGroup,
  TargetRelations,
} from './relations/table-relations.ts';
export type { DataReport } from './report/data-report.ts';
export { formatDataReport } from './report/format-data-report.ts';
export type { Split } from './split.ts';
export { type TimeSplitOptions, splitByTime } from './split-by-time.ts';
export { type Fold, type FoldOptions, splitFolds } from './split-folds.ts';
export { type GroupFoldOptions, splitGroupFolds } from './split-group-folds.ts';
export { type GroupSplitOptions, splitGroups } from './split-groups.ts';
export { type TimeFoldOptions, splitTimeFolds } from './split-time-folds.ts';
export { type TrainTestOptions, splitTrainTest } from './split-train-test.ts';
export type { DroppedColumn } from './step-definition.ts';
export { type StepSpec, STEP_KINDS } from './step-spec.ts';
export { transformTable } from './transform-table.ts';
export { type BinSpec, type FittedBin, binNames } from './steps/bin.ts';
export type { ClipSpec, FittedClip } from './steps/clip.ts';
export type { DatePartsSpec, FittedDateParts } from './steps/date-parts.ts';
export type { DeriveSpec, FittedDerive } from './steps/derive.ts';
export type { DropSpec, FittedDrop } from './steps/drop.ts';
export type { DropCorrelatedSpec } from './steps/drop-correlated.ts';
export type { DropLowVarianceSpec } from './steps/drop-low-variance.ts';
export type { FittedFrequencyEncode, FrequencyEncodeSpec } from './steps/frequency-encode.ts';
export type { FittedGroupRare, GroupRareSpec } from './steps/group-rare.ts';
export type { FittedHashText, HashTextSpec } from './steps/hash-text.ts';
export type { FittedImpute, ImputeSpec } from './steps/impute.ts';
export type { KeepImportantSpec } from './steps/keep-important.ts';
export type { FittedLog, LogSpec } from './steps/log.ts';
export type { FittedLog1p, Log1pSpec } from './steps/log1p.ts';
export type { FittedMinMaxScale, MinMaxScaleSpec } from './steps/min-max-scale.ts';
export type { FittedMissingIndicator, MissingIndicatorSpec } from './steps/missing-indicator.ts';
export type { FittedOneHot, OneHotSpec } from './steps/one-hot.ts';
export { oneHotNames } from './steps/one-hot-names.ts';
export type { FittedOrdinalEncode, OrdinalEncodeSpec } from './steps/ordinal-encode.ts';
export type { FittedRobustScale, RobustScaleSpec } from './steps/robust-scale.ts';
export type { SelectSpec } from './steps/select.ts';
export type { FittedStandardScale, StandardScaleSpec } from './steps/standard-scale.ts';
export {
  type FittedTargetEncode,
  type TargetEncodeSpec,
  targetNames,
} from './steps/target-encode.ts';
export type { FittedTfidf, TfidfSpec } from './steps/tfidf.ts';
export type { FittedYeoJohnson, YeoJohnsonSpec } from './steps/yeo-johnson.ts';
