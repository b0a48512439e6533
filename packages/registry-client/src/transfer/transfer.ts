export type { CopyExperimentRequest, CopyModelRequest, CopyRoute, CopyRunRequest } from './copy.ts';
export { copyExperiment, copyModel, copyRun } from './copy.ts';
export type { CopiedExperiment } from './copy-experiment.ts';
export type { CopiedModel } from './copy-model.ts';
export type { CopiedRun } from './copy-run.ts';
export type { TransferContext } from './copy-session.ts';
export type { CopiedVersion } from './copy-version.ts';
export { COPIED_DIGEST_TAG, COPIED_FROM_TAG, COPIED_REGISTRY_TAG } from './copy-tags.ts';
export { type ExportRequest, exportExperiment, exportModel } from './export.ts';
export type { ExportKind, ExportManifest, ExportedFile } from './export-layout.ts';
export {
  type ImportExperimentRequest,
  type ImportModelRequest,
  importExperiment,
  importModel,
} from './import.ts';
export {
  CopyTargetError,
  ExportDamagedError,
  ExportExistsError,
  ExportKindError,
} from './transfer-errors.ts';
export { OfflineDamagedError } from '../offline/offline-errors.ts';
export {
  type NewOfflineRun,
  type OfflineRun,
  openOfflineRun,
} from '../offline/open-offline-run.ts';
export { type SyncRequest, type SyncedRun, syncOfflineRuns } from '../offline/sync-offline-runs.ts';
