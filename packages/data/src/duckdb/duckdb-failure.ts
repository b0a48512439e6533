import { isGnuMlopsError } from '@gnu-mlops/core';
import { QueryMemoryError } from './query-memory-error.ts';

/** DuckDB's words for the end of its memory, or of the folder that it may put things into. */
const outOfMemory =
  /Out of Memory Error|(could not|failed to) (allocate|reserve) .*used\)|max_temp_directory_size/is;

/** What DuckDB was doing when it failed. */
export interface DuckDbWork {
  readonly signal?: AbortSignal | undefined;
  /** What messages call it: a file or a query. */
  readonly source: string;
  readonly memoryLimitBytes: number;
  /** Whether it had a folder for what memory does not hold. */
  readonly canSpill: boolean;
}

/**
 * The error for what came out of DuckDB: an abort's reason and our own errors stay, want of memory is
 * told apart, anything else is what `otherwise` makes of it.
 */
export function duckDbFailure(
  error: unknown,
  work: DuckDbWork,
  otherwise: (error: unknown) => unknown,
): unknown {
  if (work.signal?.aborted === true) return work.signal.reason;
  if (isGnuMlopsError(error) || !(error instanceof Error)) return error;
  return outOfMemory.test(error.message) ? new QueryMemoryError(work, error) : otherwise(error);
}
