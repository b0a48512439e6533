export { type CopiedRows, type CopyRequest, type ReadingContext, copyRows } from './copy-rows.ts';
export { DataCheckFailedError, PipelineCancelledError, TuningResumeError } from './errors.ts';
export type { NothingServing } from './find-serving-model.ts';
export {
  type FitRecipeContext,
  type FitRecipeRequest,
  type FittedOnSource,
  fitRecipeOnSource,
} from './fit-recipe-on-source.ts';
export { openPlainSource } from './open-plain-source.ts';
export type { PredictionExample } from './predict-examples.ts';
export {
  type PrepareOptions,
  type PreparedTable,
  prepareTrainingTable,
} from './prepare-training-table.ts';
export { type FirstRows, readFirstRows } from './read-first-rows.ts';
export type { ReadContext, TrainingRows, UsedFallback } from './read-training-source.ts';
export type { StageOutcome } from './promote-through-stages.ts';
export { type QuickstartEvent, type QuickstartStep, QUICKSTART_STEPS } from './quickstart-event.ts';
export type {
  OwnData,
  QuickstartData,
  QuickstartFolders,
  QuickstartOptions,
  SampleData,
} from './quickstart-options.ts';
export type {
  DataSummary,
  MadeThing,
  NextAction,
  QuickstartResult,
  QuickstartSummary,
  RunSummary,
  ServingSummary,
  TrainingSummary,
  VersionSummary,
} from './quickstart-result.ts';
export { type QuickstartContext, runQuickstart } from './run-quickstart.ts';
export type { StageGates } from './stage-gates.ts';
export type { OpenedOutput, TableOutput } from './table-output.ts';
export { trainAndRegister } from './train-and-register.ts';
export type { RegisteredTraining, TrainingContext } from './train-prepared.ts';
export type { LearningOptions, RecordOptions, TrainingOptions } from './training-options.ts';
export type {
  DataSource,
  FileSource,
  OpenedSource,
  PlainSource,
  SourceWithFallback,
  TableSource,
  TrainingSource,
} from './training-source.ts';
export {
  type TransformContext,
  type TransformRequest,
  type TransformedRows,
  transformSource,
} from './transform-source.ts';
export { type RegisteredTuning, tuneAndRegister } from './tune-and-register.ts';
export type { TuningContext, TuningOptions } from './tuning-options.ts';
