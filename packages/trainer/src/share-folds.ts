import { TrainingCancelledError, TrainingWorkerError } from './errors.ts';
import type { FitContext } from './fit-context.ts';
import type { FoldScores } from './fold-tasks.ts';
import type { FoldedTask } from './search/fold-measurer.ts';
import type { LentThread, ThreadPool } from './threads/thread-pool.ts';

/** Rounds to run: those from `first` on. */
export interface SharedFolds extends FoldedTask {
  readonly first: number;
  /** Threads beside the caller's. */
  readonly helpers: number;
}

/** What the caller's thread does. */
export interface FoldHost extends FitContext {
  readonly pool: ThreadPool;
  /** Run a round here, and take its outputs. */
  readonly scoreFold: (fold: number, context: FitContext) => Promise<void>;
  /** Take the outputs of a round that a helper ran. */
  readonly take: (fold: number, outputs: Float64Array) => void;
}

/**
 * Run rounds on the caller's thread and its helpers, each taking the next that nobody has. A round
 * that fails in a helper is run again here, so that its error is the one to be thrown.
 *
 * @throws {TrainingCancelledError} when the signal aborts.
 * @throws {TrainingWorkerError} when a helper dies.
 * @throws what `take` throws.
 */
export async function shareFolds(shared: SharedFolds, host: FoldHost): Promise<void> {
  const { task, folds } = shared;
  const { pool, scoreFold, take, ...context } = host;
  const { signal } = context;
  let next = shared.first;
  const failed: number[] = [];

  /** @returns when no round is left to take, and what was taken is done. */
  function help(helper: LentThread): Promise<void> {
    let cancel = () => {};
    const helping = new Promise<void>((resolve, reject) => {
      cancel = () => reject(new TrainingCancelledError(signal?.reason));
      signal?.addEventListener('abort', cancel);
      function proceed(): void {
        if (next < folds.length) helper.post({ kind: 'score_fold', fold: next++ });
        else resolve();
      }
      helper.listen({
        onMessage(message) {
          const { fold, outputs } = message as FoldScores;
          // Whatever is thrown here would end the process.
          try {
            if (outputs === undefined) failed.push(fold);
            else take(fold, outputs);
            proceed();
          } catch (error) {
            reject(error as Error);
          }
        },
        onFailure: (error) => reject(new TrainingWorkerError(error)),
      });
      helper.post({ kind: 'open_folds', task, folds, threads: 1 });
      proceed();
    });
    return helping.finally(() => signal?.removeEventListener('abort', cancel));
  }

  const helpers = Array.from({ length: shared.helpers }, () => pool.lend()).filter(
    (thread) => thread !== undefined,
  );
  const helping = Promise.all(helpers.map(help));
  // It is waited for below; until then nobody must call its failure unhandled.
  helping.catch(() => {});
  try {
    while (next < folds.length) await scoreFold(next++, context);
    await helping;
    for (const helper of helpers) helper.release();
  } catch (error) {
    // They are in the middle of fits that nobody waits for.
    await Promise.all(helpers.map((helper) => helper.end()));
    throw error;
  }
  for (const fold of failed) await scoreFold(fold, context);
}
