import type { ProgressListener } from '@gnu-mlops/core';
import type { Predictor } from '@gnu-mlops/predictor';
import { ArchiveFolderMissingError, BatchOptionError } from './errors.ts';
import type { ScoringThreads } from './scoring-threads.ts';

/** What a batch run needs. Relative paths start at the working directory. */
export interface BatchOptions {
  /** Where files wait. It is read, and emptied into the archive if asked for. */
  readonly inputFolder: string;
  /** Where scored files go; made when it is not there. */
  readonly outputFolder: string;
  /** Where scored inputs go; made when it is not there. Needed with `archiveInput`. */
  readonly archiveFolder?: string;
  /** Whether a scored input is moved to the archive folder, or stays where it is. */
  readonly archiveInput: boolean;
  /** The whole run uses the model that it holds when the run starts. */
  readonly predictor: Pick<Predictor, 'snapshot'>;
  /** Rows scored at a time; at least 1. Each scoring thread holds up to three times as many. */
  readonly batchRows: number;
  /**
   * How many threads score long files, the caller's own included: by default as many as the machine
   * has processors, at most 4. Or threads of the caller's, which stay warm for the next run.
   */
  readonly threads?: number | ScoringThreads | undefined;
  /**
   * How many digits added numbers have behind the point in CSV and JSON lines, 0 to 15; default: as
   * many as tell them from every other number.
   */
  readonly decimals?: number | undefined;
  /** What DuckDB may use while it reads a Parquet file. Default: 512 MiB. */
  readonly memoryLimitBytes?: number | undefined;
  /** The ledger's SQLite file, shared by all processes that score the same files. */
  readonly ledgerPath: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Who the ledger says is at work; default: host and process id. */
  readonly owner?: string;
  /**
   * A file that changed less than this long ago may still be written to, and waits; 0 scores it
   * all the same. Default 2000.
   */
  readonly settleMs?: number;
  /**
   * How long a lease lasts that its holder neither renews nor gives back. A process of the same
   * machine that has ended loses its leases at once. Default 300000.
   */
  readonly leaseMs?: number;
  /** `done` and `total` count files; `detail` names the file and its rows so far. */
  readonly onProgress?: ProgressListener;
  /** Stops the run after the chunk at hand; the file that it belongs to waits again. */
  readonly signal?: AbortSignal;
}

/**
 * Check what the types cannot say.
 *
 * @throws {BatchOptionError} for a number out of its range.
 * @throws {ArchiveFolderMissingError}
 */
export function checkBatchOptions(options: BatchOptions): void {
  const { batchRows, decimals = 0, settleMs = 0, leaseMs = 1, memoryLimitBytes = 1 } = options;
  if (!Number.isSafeInteger(batchRows) || batchRows < 1) {
    throw new BatchOptionError('batchRows', batchRows, 'a whole number of at least 1');
  }
  if (!(Number.isInteger(decimals) && decimals >= 0 && decimals <= 15)) {
    throw new BatchOptionError('decimals', decimals, 'a whole number from 0 to 15');
  }
  if (!Number.isSafeInteger(memoryLimitBytes) || memoryLimitBytes < 1) {
    throw new BatchOptionError('memoryLimitBytes', memoryLimitBytes, 'a whole number of bytes');
  }
  if (!(settleMs >= 0)) throw new BatchOptionError('settleMs', settleMs, 'at least 0');
  if (!(leaseMs > 0)) throw new BatchOptionError('leaseMs', leaseMs, 'more than 0');
  if (options.archiveInput && options.archiveFolder === undefined) {
    throw new ArchiveFolderMissingError();
  }
}
