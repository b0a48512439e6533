import type { BoostingTask } from './boost.ts';

/** Cells to look at, in all rounds, that repay the start of threads: a third of a second's work. */
const CELLS_THAT_PAY = 60_000_000;

/** More threads than this wait for each other more than they help. */
const MOST_THREADS = 16;

/**
 * How many threads work on a task: what was asked for, or all that the machine offers where the work
 * is large enough.
 */
export function chooseThreads(
  { matrix, settings }: BoostingTask,
  available: number,
  asked: number | undefined,
): number {
  const cells = matrix.rowCount * matrix.columns.length * settings.rounds;
  return Math.min(asked ?? (cells < CELLS_THAT_PAY ? 1 : available), MOST_THREADS);
}
