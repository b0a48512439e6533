import type { JsonObject } from '@gnu-mlops/core';
import type { Worker } from 'node:worker_threads';
import { TrainingCancelledError } from '../errors.ts';
import type { FitContext } from '../fit-context.ts';
import { findThreadHost } from '../forest/thread-host.ts';
import type { FoldMeasurer, FoldedTask } from './fold-measurer.ts';
import type { FoldOutcome } from './fold-outcome.ts';
import { SearchWorkerError } from './search-errors.ts';

/** What a worker of a search is started with. */
export interface SearchWorkerData extends FoldedTask {
  /** Threads that each fit may use in turn. */
  readonly threads: number;
}

/** One fold for a worker to measure. */
export interface FoldJob {
  readonly hyperparameters: JsonObject;
  readonly fold: number;
}

/** What a worker answers; a message where the trouble is no matter of the hyperparameters. */
export type FoldReply = { readonly outcome: FoldOutcome } | { readonly trouble: string };

interface Colleague {
  readonly worker: Worker;
  settle: ((reply: FoldReply | SearchWorkerError) => void) | undefined;
}

/**
 * A measurer on worker threads, one a trial under way; undefined where there are no such threads.
 * Every fit has one thread for itself unless more are asked for.
 */
export function openThreadedMeasurer(
  folded: FoldedTask,
  { concurrency, threads = 1, signal }: FitContext & { readonly concurrency: number },
): FoldMeasurer | undefined {
  const workerData: SearchWorkerData = { ...folded, threads };
  const colleagues: Colleague[] = [];

  function hire(): Colleague | undefined {
    const worker = findThreadHost('search-worker')?.startWorker(workerData);
    if (worker === undefined) return undefined;
    const colleague: Colleague = { worker, settle: undefined };
    const lose = (error: unknown) => {
      colleagues.splice(colleagues.indexOf(colleague) >>> 0, 1);
      colleague.settle?.(new SearchWorkerError(error));
    };
    worker.on('message', (reply: FoldReply) => colleague.settle?.(reply));
    worker.on('error', lose);
    worker.on('exit', (exitCode) => lose(new Error(`exit code ${exitCode}`)));
    colleagues.push(colleague);
    return colleague;
  }

  if (hire() === undefined) return undefined;
  return {
    async measure(hyperparameters, fold) {
      const free = colleagues.find(({ settle }) => settle === undefined);
      const colleague = free ?? (colleagues.length < concurrency ? hire() : undefined);
      if (colleague === undefined) throw new SearchWorkerError(new Error('no thread is free'));
      const reply = await new Promise<FoldReply | SearchWorkerError>((resolve) => {
        const cancel = () => colleague.settle?.({ trouble: 'cancelled' });
        signal?.addEventListener('abort', cancel, { once: true });
        colleague.settle = (settled) => {
          signal?.removeEventListener('abort', cancel);
          colleague.settle = undefined;
          resolve(settled);
        };
        const job: FoldJob = { hyperparameters, fold };
        colleague.worker.postMessage(job);
      });
      if (signal?.aborted === true) throw new TrainingCancelledError(signal.reason);
      if (reply instanceof SearchWorkerError) throw reply;
      if ('trouble' in reply) throw new SearchWorkerError(new Error(reply.trouble));
      return reply.outcome;
    },
    async close() {
      await Promise.all(colleagues.splice(0).map(({ worker }) => worker.terminate()));
    },
  };
}
