import type { ProgressListener } from '@gnu-mlops/core';
import type { ThreadPool } from './threads/thread-pool.ts';

/** What surrounds a fit and never changes its result. */
export interface FitContext {
  /** Ends the work early with a TRAINER_CANCELLED error. */
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
  /**
   * Threads that a fit, or the folds of a cross-validation, may use: 1 = the caller's own. Default: as
   * many as the machine offers where the work is large enough to repay their start, else 1.
   */
  readonly threads?: number;
  /** Where to take them from; kept warm by whoever opened it. Default: one of the work's own. */
  readonly pool?: ThreadPool;
}
