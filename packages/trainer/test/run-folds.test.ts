import type { Progress } from '@gnu-mlops/core';
import { afterEach, describe, expect, it } from 'vitest';
import { dealFolds } from '../src/deal-folds.ts';
import { openLearningTask } from '../src/learning-request.ts';
import { learnFromRows, scoreRows } from '../src/learning-task.ts';
import { runFolds } from '../src/run-folds.ts';
import { shareFolds } from '../src/share-folds.ts';
import { type ThreadPool, openThreadPool } from '../src/threads/thread-pool.ts';
import { churnTable } from './churn-table.ts';

const pools: ThreadPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function openPool(): ThreadPool {
  pools.push(openThreadPool());
  return pools.at(-1)!;
}

function foldsOf(algorithm: string, hyperparameters = {}, rowCount = 300) {
  const request = {
    table: churnTable(rowCount),
    target: 'left',
    algorithm,
    hyperparameters,
    seed: 3,
  };
  const { task } = openLearningTask(request);
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row);
  return { task, folds: dealFolds(task, rows, 5) };
}

/** Share all folds with two helpers. */
async function shareAll({ task, folds }: ReturnType<typeof foldsOf>, signal?: AbortSignal) {
  const pool = openPool();
  const outputs: Float64Array[] = [];
  const helped: number[] = [];
  await shareFolds(
    { task, folds, first: 0, helpers: 2 },
    {
      ...(signal && { signal }),
      pool,
      async scoreFold(fold, context) {
        const { train, test } = folds[fold]!;
        outputs[fold] = scoreRows(task, await learnFromRows(task, train, context), test);
        // Leave some for the others, who need longer to start.
        await new Promise((resolve) => setTimeout(resolve, 300));
      },
      take(fold, scores) {
        helped.push(fold);
        outputs[fold] = scores;
      },
    },
  );
  return { outputs, helped, pool };
}

describe('runFolds', () => {
  it.each(['random_forest', 'logistic_regression', 'lightgbm'])(
    'scores the same to the bit on one thread, on several, and a fold a thread: %s',
    async (algorithm) => {
      const { task, folds } = foldsOf(algorithm);
      const alone = await runFolds(task, folds, { threads: 1 });
      expect(await runFolds(task, folds, {})).toStrictEqual(alone);
      const { outputs, helped, pool } = await shareAll({ task, folds });
      expect(outputs).toStrictEqual(alone);
      expect(helped.length).toBeGreaterThan(0);
      expect(pool.started).toBe(2);
    },
  );

  it('takes threads for folds where the first one took long, and reports each', async () => {
    const { task, folds } = foldsOf('random_forest', { n_estimators: 1000 });
    const pool = openPool();
    const steps: Progress[] = [];
    const outputs = await runFolds(task, folds, {
      pool,
      threads: 2,
      onProgress: (step) => steps.push(step),
    });
    expect(pool.started).toBe(1);
    expect(steps.map(({ stage, done, total }) => `${stage} ${done}/${total}`)).toEqual(
      [1, 2, 3, 4, 5].map((done) => `cross-validate ${done}/5`),
    );
    expect(steps.map(({ detail }) => detail).toSorted()).toEqual(
      [1, 2, 3, 4, 5].map((fold) => `fold ${fold} of 5`),
    );
    expect(outputs).toStrictEqual(await runFolds(task, folds, { threads: 1 }));
  });

  it('runs a fold that failed in a helper again on the own thread, to throw its error', async () => {
    const { task, folds } = foldsOf('logistic_regression', { max_iter: 1, tol: 1e-12 });
    await expect(runFolds(task, folds, { threads: 1 })).rejects.toMatchObject({
      code: 'TRAINER_NOT_CONVERGED',
    });
    const runHere: number[] = [];
    const helped: number[] = [];
    await shareFolds(
      { task, folds, first: 0, helpers: 1 },
      {
        pool: openPool(),
        async scoreFold(fold) {
          runHere.push(fold);
          await new Promise((resolve) => setTimeout(resolve, 50));
        },
        take: (fold) => helped.push(fold),
      },
    );
    expect(runHere.toSorted()).toEqual([0, 1, 2, 3, 4]);
    expect(runHere.at(-1)).toBeLessThan(4);
    expect(helped).toEqual([]);
  });

  it('throws what taking the outputs of a helper throws', async () => {
    const { task, folds } = foldsOf('logistic_regression');
    const pool = openPool();
    const sharing = shareFolds(
      { task, folds, first: 0, helpers: 1 },
      {
        pool,
        scoreFold: () => new Promise((resolve) => setTimeout(resolve, 300)),
        take() {
          throw new Error('enough');
        },
      },
    );
    await expect(sharing).rejects.toThrow('enough');
    expect(pool.started).toBe(0);
  });

  it('ends helpers in the middle of a fit when the signal aborts', async () => {
    const stopper = new AbortController();
    const shared = foldsOf('random_forest', { n_estimators: 100_000 });
    setTimeout(() => stopper.abort(new Error('enough')), 500);
    await expect(shareAll(shared, stopper.signal)).rejects.toMatchObject({
      code: 'TRAINER_CANCELLED',
      cause: new Error('enough'),
    });
    expect(pools[0]!.started).toBe(0);
  });
});
