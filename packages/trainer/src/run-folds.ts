import type { Fold } from '@gnu-mlops/preprocess';
import type { FitContext } from './fit-context.ts';
import { type LearningTask, learnFromRows, scoreRows } from './learning-task.ts';
import { shareFolds } from './share-folds.ts';
import { withPool } from './threads/with-pool.ts';

/** Cells of a table that every thread can have a copy of; of larger ones, one fold is fitted at a time. */
const CELLS_TO_COPY = 5_000_000;

/** Milliseconds of work on one thread that repay the start of others. */
const WORK_THAT_PAYS_MS = 400;

/**
 * Learn from the training rows of each round, recipe and algorithm anew, and score its test rows. What
 * comes out is the same to the bit on any number of threads.
 *
 * Threads work on a fold each where the first one shows that this pays, and together on one fold after
 * the other where the table is large.
 *
 * @returns for each round the outputs of its test rows, in their order: rows x classes, row-major, or
 *   a number each.
 */
export function runFolds(
  task: LearningTask,
  folds: readonly Fold[],
  context: FitContext,
): Promise<Float64Array[]> {
  return withPool(context, async ({ onProgress, ...quietly }) => {
    const { pool, threads = pool.available } = quietly;
    const outputs = new Array<Float64Array>(folds.length);
    let done = 0;
    function take(fold: number, scores: Float64Array): void {
      outputs[fold] = scores;
      done++;
      const detail = `fold ${fold + 1} of ${folds.length}`;
      onProgress?.({ stage: 'cross-validate', done, total: folds.length, detail });
    }
    async function scoreFold(fold: number, own: FitContext): Promise<void> {
      const { train, test } = folds[fold]!;
      take(fold, scoreRows(task, await learnFromRows(task, train, own), test));
    }

    const isCopied = task.table.rowCount * task.table.columns.size <= CELLS_TO_COPY;
    if (threads < 2 || folds.length < 3 || !isCopied) {
      for (const fold of folds.keys()) await scoreFold(fold, quietly);
      return outputs;
    }
    const alone = { ...quietly, threads: 1 };
    const startMs = performance.now();
    await scoreFold(0, alone);
    const leftMs = (performance.now() - startMs) * (folds.length - 1);
    const helpers = leftMs < WORK_THAT_PAYS_MS ? 0 : Math.min(threads - 1, folds.length - 2);
    await shareFolds({ task, folds, first: 1, helpers }, { ...alone, scoreFold, take });
    return outputs;
  });
}
