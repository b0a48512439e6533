import type { RowPredictor } from '@gnu-mlops/predictor';
import type { FileReport } from './batch-report.ts';
import type { BatchLedger } from './ledger.ts';
import type { BatchFolders } from './prepare-folders.ts';
import type { ScoringThreads } from './scoring-threads.ts';

/** What all files of a run have in common. */
export interface BatchRun {
  readonly folders: BatchFolders;
  readonly ledger: BatchLedger;
  readonly predictor: RowPredictor;
  readonly threads: ScoringThreads;
  /** As in the batch report. */
  readonly model: string;
  readonly batchRows: number;
  readonly decimals: number | undefined;
  readonly memoryLimitBytes: number | undefined;
  readonly now: () => number;
  readonly settleMs: number;
  readonly leaseMs: number;
  readonly signal: AbortSignal | undefined;
}

/** What a step has to say about a file. */
export type FileOutcome = Omit<FileReport, 'file' | 'rows' | 'durationMs'> & {
  readonly rows?: number;
};
