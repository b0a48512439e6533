export type { CallOptions, UploadOptions } from './call-options.ts';
export type { S3Options } from './databricks/cloud/s3-endpoint.ts';
export { SignatureMissingError, StorageRefusedError } from './databricks/databricks-errors.ts';
export type {
  DatabricksOptions,
  DatabricksRegistryCredentials,
} from './databricks/databricks-options.ts';
export type {
  Artifact,
  ArtifactContent,
  ArtifactDigest,
  ArtifactStream,
  DatasetInput,
  Experiment,
  LedgerEntry,
  LifecycleStage,
  LoggedModel,
  LoggedModelStatus,
  MetricPoint,
  MlflowStage,
  ModelMetric,
  ModelOutput,
  ModelVersion,
  ModelVersionStatus,
  Page,
  RegisteredModel,
  Run,
  RunStatus,
  Tags,
} from './entities.ts';
export {
  ArtifactDamagedError,
  ArtifactNotFoundError,
  ArtifactPathError,
  SourceUnsupportedError,
} from './artifact-errors.ts';
export {
  AlreadyExistsError,
  DeletedError,
  ParamConflictError,
  StageConflictError,
  StageHeldError,
  VersionConflictError,
} from './conflict-errors.ts';
export {
  ExperimentNotFoundError,
  LoggedModelNotFoundError,
  ModelVersionNotFoundError,
  RegisteredModelNotFoundError,
  RunNotFoundError,
  TagNotFoundError,
} from './not-found-errors.ts';
export {
  DiskFullError,
  OperationUnsupportedError,
  RegistryClosedError,
  RegistryUriUnsupportedError,
  StoreBusyError,
  StoreForeignError,
  StoreUnavailableError,
  StoreVersionError,
} from './store-errors.ts';
export { NameInvalidError, NameReservedError, ValueInvalidError } from './value-errors.ts';
export type { GarbageReport, GarbageRequest } from './garbage.ts';
export type { HttpRegistryOptions, TlsOptions } from './http/http-options.ts';
export {
  iterateExperiments,
  iterateLoggedModels,
  iterateMetricHistory,
  iterateModelVersions,
  iterateRegisteredModels,
  iterateRuns,
} from './iterate-pages.ts';
export {
  type LedgerProblem,
  type LedgerVerification,
  FIRST_PREVIOUS_HASH,
  hashLedgerEntry,
  verifyLedger,
} from './ledger-chain.ts';
export { LIMITS } from './limits.ts';
export type {
  DatasetName,
  DatasetOrder,
  FinalLoggedModelStatus,
  NewLoggedModel,
  RunModels,
  SearchLoggedModelsRequest,
} from './logged-model-requests.ts';
export { type RunFolder, formatRunsUri, parseRunsUri } from './model-source.ts';
export { type OpenRegistryOptions, openRegistry } from './open-registry.ts';
export type {
  MlflowStageMove,
  NewExperiment,
  NewModelVersion,
  NewRun,
  PageRequest,
  Registry,
  RunBatch,
  RunUpdate,
  SearchExperimentsRequest,
  SearchRequest,
  SearchRunsRequest,
  SearchView,
  StageMove,
} from './registry.ts';
export {
  ArtifactLocationError,
  RemoteAnswerError,
  RemoteDeniedError,
  RemoteRefusedError,
  RemoteUnavailableError,
} from './remote-errors.ts';
export {
  type RetentionPlan,
  type RetentionPolicy,
  applyRetention,
  planRetention,
} from './retention.ts';
export {
  type Comparison,
  type Filter,
  type FilterEntity,
  type FilterOperator,
} from './search/filter.ts';
export { parseFilter } from './search/parse-filter.ts';
export { quoteFilterText } from './search/quote-filter-text.ts';
export { type OrderTerm, parseOrderBy } from './search/parse-order-by.ts';
export { FilterInvalidError, OrderByInvalidError, PageTokenInvalidError } from './search-errors.ts';
export {
  type HeldStage,
  HELD_STAGES,
  STAGE_ALIASES,
  STAGE_TAG,
  stageOfAlias,
} from './stage-aliases.ts';
export { walkArtifacts } from './walk-artifacts.ts';
