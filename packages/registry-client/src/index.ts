export type {
  Artifact,
  DatasetInput,
  Experiment,
  LedgerEntry,
  LifecycleStage,
  MetricPoint,
  ModelVersion,
  Page,
  RegisteredModel,
  Run,
  RunStatus,
  Tags,
} from './entities.ts';
export {
  AlreadyExistsError,
  ArtifactNotFoundError,
  ArtifactPathError,
  DeletedError,
  ExperimentNotFoundError,
  ModelVersionNotFoundError,
  NameInvalidError,
  NameReservedError,
  ParamConflictError,
  RegisteredModelNotFoundError,
  RunNotFoundError,
  SourceUnsupportedError,
  StageConflictError,
  ValueInvalidError,
  VersionConflictError,
} from './errors.ts';
export type { HttpRegistryOptions, TlsOptions } from './http/http-options.ts';
export {
  type LedgerProblem,
  type LedgerVerification,
  FIRST_PREVIOUS_HASH,
  hashLedgerEntry,
  verifyLedger,
} from './ledger-chain.ts';
export { LIMITS } from './limits.ts';
export { type RunFolder, formatRunsUri, parseRunsUri } from './model-source.ts';
export { type OpenRegistryOptions, openRegistry } from './open-registry.ts';
export type {
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
  type Comparison,
  type Filter,
  type FilterEntity,
  type FilterOperator,
} from './search/filter.ts';
export { parseFilter } from './search/parse-filter.ts';
export { type OrderTerm, parseOrderBy } from './search/parse-order-by.ts';
export { FilterInvalidError, OrderByInvalidError, PageTokenInvalidError } from './search-errors.ts';
export {
  type HeldStage,
  HELD_STAGES,
  STAGE_ALIASES,
  STAGE_TAG,
  stageOfAlias,
} from './stage-aliases.ts';
export {
  DiskFullError,
  RegistryClosedError,
  RegistryUriUnsupportedError,
  StoreBusyError,
  StoreForeignError,
  StoreUnavailableError,
  StoreVersionError,
} from './store-errors.ts';
