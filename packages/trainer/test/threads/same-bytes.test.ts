import { createRandom } from '@gnu-mlops/core';
import { formatModel } from '@gnu-mlops/model';
import { afterAll, describe, expect, it } from 'vitest';
import { dealFolds } from '../../src/deal-folds.ts';
import type { FitContext } from '../../src/fit-context.ts';
import { type LearningRequest, openLearningTask } from '../../src/learning-request.ts';
import { learnFromRows, scoreRows } from '../../src/learning-task.ts';
import { shareFolds } from '../../src/share-folds.ts';
import { type ThreadPool, openThreadPool } from '../../src/threads/thread-pool.ts';
import { trainModel } from '../../src/train-model.ts';
import { churnTable } from '../churn-table.ts';

const forest = { algorithm: 'random_forest', hyperparameters: { n_estimators: 5 } };
const boosted = { algorithm: 'lightgbm', hyperparameters: { num_iterations: 8, num_leaves: 5 } };
const table = churnTable(120);
const requests: LearningRequest[] = [
  forest,
  boosted,
  { algorithm: 'xgboost', hyperparameters: { n_estimators: 6, max_depth: 3, subsample: 0.7 } },
  { algorithm: 'logistic_regression' },
  { algorithm: 'stacking', hyperparameters: { cv: 2, estimators: [forest, boosted] } },
].map((given) => ({ ...given, table, target: 'left', seed: 5 }));

/** The bytes of a model and of its report, whose calibration rests on out-of-fold predictions. */
async function trainedBytes(request: LearningRequest, context: FitContext): Promise<string> {
  const { model, report } = await trainModel(
    { ...request, testSize: 0.25, folds: 3, calibration: 'sigmoid' },
    context,
  );
  const { folds, metrics } = report;
  return Buffer.from(formatModel(model)).toString('base64') + JSON.stringify([folds, metrics]);
}

/** All outputs of four rounds, with as many helpers as there are other threads. */
async function foldedOutputs(
  request: LearningRequest,
  { threads = 1, pool = kept }: FitContext,
): Promise<Float64Array[]> {
  const { task } = openLearningTask(request);
  const folds = dealFolds(
    task,
    Int32Array.from({ length: 120 }, (_, row) => row),
    4,
  );
  const outputs: Float64Array[] = [];
  function take(fold: number, scores: Float64Array): void {
    expect(outputs[fold]).toBeUndefined();
    outputs[fold] = scores;
  }
  await shareFolds(
    { task, folds, first: 0, helpers: threads - 1 },
    {
      ...{ pool, threads: 1, take },
      async scoreFold(fold, own) {
        const { train, test } = folds[fold]!;
        take(fold, scoreRows(task, await learnFromRows(task, train, own), test));
        if (threads > 1) await new Promise((resolve) => setTimeout(resolve, 3));
      },
    },
  );
  return outputs;
}

const ways = [trainedBytes, foldedOutputs];
const kept: ThreadPool = openThreadPool();
afterAll(() => kept.close());

describe('fits on threads of a kept pool', () => {
  it('give what one thread gives, run upon run, at once, and with threads lent in odd orders', async () => {
    const random = createRandom(3);
    const expected = new Map<string, unknown>();
    for (const [r, request] of requests.entries()) {
      for (const [w, way] of ways.entries()) {
        expected.set(`${r} ${w}`, await way(request, { threads: 1 }));
      }
    }
    async function runOne(): Promise<void> {
      const r = random.nextInt(requests.length);
      const w = random.nextInt(ways.length);
      const context = { threads: 2 + random.nextInt(2), pool: kept };
      expect(await ways[w]!(requests[r]!, context)).toStrictEqual(expected.get(`${r} ${w}`));
    }
    for (let round = 0; round < 18; round++) {
      if (round % 6 === 0) {
        const lent = [kept.lend()!, kept.lend()!, kept.lend()!];
        for (const at of [1, 0, 2]) {
          // Whether it ends before the next fit begins is left to chance.
          if (random.nextInt(3) === 0) void lent[at]!.end();
          else lent[at]!.release();
        }
      }
      await Promise.all(Array.from({ length: 1 + (round % 3) }, runOne));
    }
  }, 60_000);

  it('are untouched by a training that is cancelled, and by a pool that closes under another', async () => {
    const alone = await trainedBytes(requests[0]!, { threads: 1 });
    for (let round = 0; round < 8; round++) {
      const stopper = new AbortController();
      const closing = openThreadPool();
      const others = [
        trainedBytes(requests[round % 5]!, { threads: 3, pool: kept, signal: stopper.signal }),
        trainedBytes(requests[0]!, { threads: 2, pool: closing }),
      ].map((other) =>
        other.then(
          (bytes) => bytes,
          (error: { code?: string }) => error.code,
        ),
      );
      setTimeout(() => stopper.abort(), 5 * round);
      setTimeout(() => void closing.close(), 5 * round);
      expect(await trainedBytes(requests[0]!, { threads: 3, pool: kept })).toBe(alone);
      const [cancelled, robbed] = await Promise.all(others);
      expect(cancelled!.length > 100 || cancelled === 'TRAINER_CANCELLED').toBe(true);
      expect([alone, 'TRAINER_WORKER_FAILED']).toContain(robbed);
      await closing.close();
    }
  }, 60_000);
});
