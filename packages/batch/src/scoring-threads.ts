import type { Table } from '@gnu-mlops/core';
import type { RowPredictor } from '@gnu-mlops/predictor';
import { availableParallelism } from 'node:os';
import type { RowPredictions } from './added-columns.ts';
import { BatchOptionError } from './errors.ts';
import { type ScoringThread, startScoringThread } from './scoring-thread.ts';
import { hasWorkerFile } from './worker-url.ts';

/** Threads that score tables beside the caller's, kept warm from one run to the next. */
export interface ScoringThreads {
  /** How many tables they may hold at a time, once all are started. */
  readonly capacity: number;
  /** Make them ready for a model, starting them if need be. Returns at once. */
  prepare(model: RowPredictor['model']): void;
  /**
   * Score a table on a thread that is ready and has room.
   *
   * @returns undefined where there is none now. The promise is for undefined where the thread could
   *   not score the table.
   */
  score(table: Table): Promise<RowPredictions | undefined> | undefined;
  /** End them. Afterwards no thread has room. */
  close(): Promise<void>;
}

/** More threads than these would wait for the one that reads and writes. */
const mostThreads = 4;

/**
 * Threads for runs to come; none is started before there is a file worth it.
 *
 * @param threads how many score, the caller's own included; default: as many as the machine has
 *   processors, at most 4. With 1 there are no others.
 * @throws {BatchOptionError}
 */
export function openScoringThreads(threads?: number): ScoringThreads {
  const wanted = threads ?? Math.min(availableParallelism(), mostThreads);
  if (!Number.isSafeInteger(wanted) || wanted < 1) {
    throw new BatchOptionError('threads', wanted, 'a whole number of at least 1');
  }
  const count = hasWorkerFile() ? wanted - 1 : 0;
  let started: ScoringThread[] = [];
  let prepared: RowPredictor['model'] | undefined;
  let isClosed = false;

  return {
    capacity: count * 2,
    prepare(model) {
      if (isClosed) return;
      const alive = started.filter(({ isAlive }) => isAlive);
      const isNew = model !== prepared;
      prepared = model;
      if (isNew) for (const thread of alive) thread.prepare(model);
      while (alive.length < count) {
        const thread = startScoringThread();
        thread.prepare(model);
        alive.push(thread);
      }
      started = alive;
    },
    score: (table) => started.find(({ isFree }) => isFree)?.score(table),
    async close() {
      isClosed = true;
      const ending = started;
      started = [];
      await Promise.all(ending.map((thread) => thread.close()));
    },
  };
}
