import { TrainingCancelledError } from '../errors.ts';
import type { FitContext } from '../fit-context.ts';
import type { FoldMeasurement } from '../fold-tasks.ts';
import type { LentThread, ThreadPool } from '../threads/thread-pool.ts';
import type { FoldMeasurer, FoldedTask } from './fold-measurer.ts';
import { SearchWorkerError } from './search-errors.ts';

/** What threads measure with. */
export interface MeasuringContext extends FitContext {
  readonly pool: ThreadPool;
  /** Trials at a time. */
  readonly concurrency: number;
}

interface Colleague {
  readonly thread: LentThread;
  settle: ((reply: FoldMeasurement | SearchWorkerError) => void) | undefined;
}

/**
 * A measurer on worker threads, one a trial under way; undefined where there are no such threads.
 * Every fit has one thread for itself unless more are asked for.
 */
export function openThreadedMeasurer(
  folded: FoldedTask,
  { pool, concurrency, threads = 1, signal }: MeasuringContext,
): FoldMeasurer | undefined {
  const colleagues: Colleague[] = [];

  function hire(): Colleague | undefined {
    const thread = pool.lend();
    if (thread === undefined) return undefined;
    const colleague: Colleague = { thread, settle: undefined };
    thread.listen({
      onMessage: (reply) => colleague.settle?.(reply as FoldMeasurement),
      onFailure(error) {
        colleagues.splice(colleagues.indexOf(colleague) >>> 0, 1);
        colleague.settle?.(new SearchWorkerError(error));
      },
    });
    thread.post({ kind: 'open_folds', ...folded, threads });
    colleagues.push(colleague);
    return colleague;
  }

  if (hire() === undefined) return undefined;
  return {
    async measure(hyperparameters, fold) {
      const free = colleagues.find(({ settle }) => settle === undefined);
      const colleague = free ?? (colleagues.length < concurrency ? hire() : undefined);
      if (colleague === undefined) throw new SearchWorkerError(new Error('no thread is free'));
      const reply = await new Promise<FoldMeasurement | SearchWorkerError>((resolve) => {
        const cancel = () => colleague.settle?.({ trouble: 'cancelled' });
        signal?.addEventListener('abort', cancel, { once: true });
        colleague.settle = (settled) => {
          signal?.removeEventListener('abort', cancel);
          colleague.settle = undefined;
          resolve(settled);
        };
        colleague.thread.post({ kind: 'measure_fold', hyperparameters, fold });
      });
      if (signal?.aborted === true) throw new TrainingCancelledError(signal.reason);
      if (reply instanceof SearchWorkerError) throw reply;
      if ('trouble' in reply) throw new SearchWorkerError(new Error(reply.trouble));
      return reply.outcome;
    },
    async close() {
      const isIdle = signal?.aborted !== true;
      await Promise.all(
        colleagues
          .splice(0)
          .map(({ thread, settle }) =>
            isIdle && settle === undefined ? thread.release() : thread.end(),
          ),
      );
    },
  };
}
