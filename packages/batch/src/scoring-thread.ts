import type { Table } from '@gnu-mlops/core';
import type { RowPredictor } from '@gnu-mlops/predictor';
import { Worker } from 'node:worker_threads';
import type { RowPredictions } from './added-columns.ts';
import { type TableLoan, createTableLoan } from './lent-table.ts';
import { workerOptions, workerUrl } from './worker-url.ts';

/** What a thread can be asked to do. */
export type ScoringTask =
  | { readonly kind: 'prepare'; readonly lease: number; readonly model: RowPredictor['model'] }
  | { readonly kind: 'score'; readonly job: number; readonly table: Table };

/** What it says; no predictions: the table must be scored elsewhere to see why. */
export type ScoringAnswer =
  | { readonly kind: 'ready'; readonly lease: number }
  | {
      readonly kind: 'scored';
      readonly job: number;
      readonly predictions: RowPredictions | undefined;
    };

/** One thread that scores tables. */
export interface ScoringThread {
  /** Make it ready for a model, which it is not until it has said so. */
  prepare(model: RowPredictor['model']): void;
  /** Whether it has not died. */
  readonly isAlive: boolean;
  /** Whether it is ready and has room for a table. */
  readonly isFree: boolean;
  /** Score a table. @returns undefined where it failed, or the thread died. */
  score(table: Table): Promise<RowPredictions | undefined>;
  close(): Promise<void>;
}

/** One table that is being scored, and one that waits so that the thread never does. */
const mostJobs = 2;

/** Start a thread. It keeps no process alive but while it scores. */
export function startScoringThread(): ScoringThread {
  const worker = new Worker(workerUrl(), workerOptions());
  const jobs = new Map<number, (predictions: RowPredictions | undefined) => void>();
  const loans: TableLoan[] = [];
  let lastJob = 0;
  let lease = 0;
  let isReady = false;
  let isAlive = true;

  function lose(): void {
    isReady = false;
    isAlive = false;
    for (const finish of jobs.values()) finish(undefined);
    jobs.clear();
  }
  worker.unref();
  worker.on('error', lose);
  worker.on('exit', lose);
  worker.on('message', (answer: ScoringAnswer) => {
    if (answer.kind === 'ready') {
      isReady = isAlive && answer.lease === lease;
      return;
    }
    jobs.get(answer.job)?.(answer.predictions);
    jobs.delete(answer.job);
    if (jobs.size === 0) worker.unref();
  });
  const post = (task: ScoringTask) => worker.postMessage(task);

  return {
    prepare(model) {
      isReady = false;
      lease++;
      try {
        post({ kind: 'prepare', lease, model });
      } catch {
        // A model with more in it than data stays here: the thread is not ready for it.
      }
    },
    get isAlive() {
      return isAlive;
    },
    get isFree() {
      return isReady && jobs.size < mostJobs;
    },
    score(table) {
      const job = ++lastJob;
      const loan = loans.pop() ?? createTableLoan();
      return new Promise((resolve) => {
        jobs.set(job, (predictions) => {
          loans.push(loan);
          resolve(predictions);
        });
        worker.ref();
        post({ kind: 'score', job, table: loan.put(table) });
      });
    },
    async close() {
      await worker.terminate();
    },
  };
}
