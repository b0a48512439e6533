export { type BatchSettings, batchSettings } from './batch-settings.ts';
export { checkSettings } from './check-settings.ts';
export { type Logger, type LoggerOptions, createLogger } from './create-logger.ts';
export { type Redactor, createRedactor } from './create-redactor.ts';
export { givenSource } from './configured-source.ts';
export { type DescribeErrorOptions, describeError } from './describe-error.ts';
export { type ErrorKind, type ErrorOutcome, EXIT_CODES, outcomeOfKind } from './error-kind.ts';
export { type ErrorRule, errorOutcome, errorTable, outcomeOfCode } from './error-table.ts';
export { SettingMissingError, SettingUnsupportedError } from './errors.ts';
export { type FileWords, fileSettings } from './file-settings.ts';
export { type GivenFile, type FileSurroundings, givenFile } from './given-file.ts';
export {
  type LearningOverrides,
  type LearningSettings,
  learningSettings,
} from './learning-settings.ts';
export {
  type RegistrySurroundings,
  absoluteRegistryUri,
  openConfiguredRegistry,
} from './open-configured-registry.ts';
export { type QueryOverrides, querySettings } from './query-settings.ts';
export {
  type QuickstartRequest,
  type QuickstartSettings,
  quickstartSettings,
} from './quickstart-settings.ts';
export { type RecipeFitOverrides, recipeFitSettings } from './recipe-fit-settings.ts';
export { type ServedModel, servedModel } from './served-model.ts';
export { type StageGatesRequest, stageGates, taskOfMetrics } from './stage-gates.ts';
export { threadSettings } from './thread-settings.ts';
export {
  type TrainingOverrides,
  type TrainingSettings,
  trainingSettings,
} from './training-settings.ts';
export { type TuningOverrides, type TuningSettings, tuningSettings } from './tuning-settings.ts';
export { withDatabricksProfile } from './with-databricks-profile.ts';
export { isInWorkspace } from './workspace-path.ts';
