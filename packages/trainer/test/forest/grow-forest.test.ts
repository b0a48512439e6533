import { Worker } from 'node:worker_threads';
import { createRandom } from '@gnu-mlops/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TrainingWorkerError } from '../../src/errors.ts';
import { binFeatures } from '../../src/forest/binned-matrix.ts';
import type { ForestPlan } from '../../src/forest/forest-plan.ts';
import { growForest } from '../../src/forest/grow-forest.ts';
import { growInThreads } from '../../src/forest/grow-in-threads.ts';
import { findThreadHost } from '../../src/forest/thread-host.ts';
import { matrixOf } from '../matrix-of.ts';

function planOf(treeCount: number): ForestPlan {
  const random = createRandom(1);
  const weights = new Float64Array(500).fill(1);
  const columns = Array.from({ length: 4 }, () => Array.from(weights, () => random.nextNormal()));
  return {
    data: {
      matrix: binFeatures(matrixOf(columns), { maxBins: 255, weights }),
      target: { task: 'regression', values: Float64Array.from(columns[0]!) },
      weights,
    },
    options: {
      criterion: 'squared_error',
      maxDepth: Infinity,
      maxLeafNodes: Infinity,
      minSamplesSplit: 2,
      minSamplesLeaf: 1,
      featuresPerSplit: 2,
      sampling: 'bootstrap',
      seed: 1,
    },
    treeCount,
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('growForest', () => {
  it.each([1, 2])('stops between trees when its signal aborts (threads: %i)', async (threads) => {
    const stopper = new AbortController();
    let grown = 0;
    const growing = growForest(planOf(2000), {
      threads,
      signal: stopper.signal,
      onProgress: ({ done }) => {
        grown = done;
        if (done === 5) stopper.abort(new Error('enough'));
      },
    });
    await expect(growing).rejects.toMatchObject({
      code: 'TRAINER_CANCELLED',
      cause: new Error('enough'),
    });
    expect(grown).toBeLessThan(2000);
  });

  it('lets a timer abort it', async () => {
    const growing = growForest(planOf(100_000), { threads: 1, signal: AbortSignal.timeout(30) });
    await expect(growing).rejects.toMatchObject({ code: 'TRAINER_CANCELLED' });
  });

  it('reports every tree', async () => {
    const steps: string[] = [];
    await growForest(planOf(4), {
      threads: 2,
      onProgress: ({ stage, done, total }) => steps.push(`${stage} ${done}/${total}`),
    });
    expect(steps).toEqual(['train 1/4', 'train 2/4', 'train 3/4', 'train 4/4']);
  });

  it('grows the same trees on the own thread where there is no shared memory', async () => {
    const expected = await growForest(planOf(3), { threads: 2 });
    vi.stubGlobal('SharedArrayBuffer', undefined);
    expect(findThreadHost('forest-worker')).toBeUndefined();
    expect(await growForest(planOf(3), { threads: 2 })).toStrictEqual(expected);
  });

  it('grows on the own thread where there is no process, as in a browser', async () => {
    const { process } = globalThis;
    vi.stubGlobal('process', undefined);
    const host = findThreadHost('forest-worker');
    vi.stubGlobal('process', process);
    expect(host).toBeUndefined();
  });
});

describe('growInThreads', () => {
  const context = { threads: 2, availableThreads: () => 2 };

  it('throws TRAINER_WORKER_FAILED with the cause when a thread throws', async () => {
    const startWorker = () => new Worker('throw new Error("out of luck")', { eval: true });
    const growing = growInThreads(planOf(3), { ...context, host: { ...context, startWorker } });
    await expect(growing).rejects.toThrow(TrainingWorkerError);
    await expect(growing).rejects.toThrow('(out of luck). Pass threads: 1');
  });

  it.each([0, 3])('throws TRAINER_WORKER_FAILED when threads exit early with %i', async (code) => {
    const startWorker = () => new Worker(`process.exit(${code})`, { eval: true });
    const growing = growInThreads(planOf(3), { ...context, host: { ...context, startWorker } });
    await expect(growing).rejects.toThrow(`(exit code ${code})`);
  });
});
