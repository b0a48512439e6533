export type { BatchOptions } from './batch-options.ts';
export type { BatchReport, FileError, FileReport, SkipReason } from './batch-report.ts';
export {
  ArchiveFolderMissingError,
  ArchiveFolderUnwritableError,
  BatchOptionError,
  FileArchiveError,
  FileChangedError,
  FileScoringError,
  FileUnreadableError,
  FoldersOverlapError,
  InputFolderUnreadableError,
  LeaseLostError,
  LedgerUnusableError,
  OutputFolderUnwritableError,
  OutputWriteError,
} from './errors.ts';
export type { PredictionColumns } from './prediction-columns.ts';
export { type BatchLedgerEntry, readBatchLedger } from './read-batch-ledger.ts';
export { runBatch } from './run-batch.ts';
export { type ScoringThreads, openScoringThreads } from './scoring-threads.ts';
