import { createRandom } from '@gnu-mlops/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TrainingWorkerError } from '../../src/errors.ts';
import { growForThread } from '../../src/forest/forest-task.ts';
import { growForest } from '../../src/forest/grow-forest.ts';
import { findThreadHost } from '../../src/threads/thread-host.ts';
import {
  type LentThread,
  type ThreadListener,
  openThreadPool,
} from '../../src/threads/thread-pool.ts';
import { planOf as forestOn } from './plan-of.ts';

function planOf(treeCount: number) {
  const random = createRandom(1);
  const noise = () => Array.from({ length: 500 }, () => random.nextNormal());
  return forestOn(Array.from({ length: 4 }, noise), { treeCount });
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
    expect(findThreadHost()).toBeUndefined();
    expect(await growForest(planOf(3), { threads: 2 })).toStrictEqual(expected);
  });

  it('grows on the own thread where there is no process, as in a browser', async () => {
    const { process } = globalThis;
    vi.stubGlobal('process', undefined);
    const host = findThreadHost();
    vi.stubGlobal('process', process);
    expect(host).toBeUndefined();
  });
});

describe('growForest on threads of a pool', () => {
  it('gives them back, and takes them again', async () => {
    const pool = openThreadPool();
    try {
      const first = await growForest(planOf(6), { threads: 3, pool });
      const second = await growForest(planOf(6), { threads: 2, pool });
      expect(second).toStrictEqual(first);
      expect(pool.started).toBe(2);
    } finally {
      await pool.close();
    }
  });

  it('throws TRAINER_WORKER_FAILED with the cause when a thread fails', async () => {
    let listener: ThreadListener | undefined;
    const thread: LentThread = {
      listen: (given) => void (listener = given),
      post: () => setImmediate(() => listener?.onFailure(new Error('out of luck'))),
      isDead: () => false,
      release: () => {},
      end: async () => {},
    };
    const pool = { available: 2, started: 1, lend: () => thread, close: async () => {} };
    const growing = growForest(planOf(100_000), { threads: 2, pool });
    await expect(growing).rejects.toThrow(TrainingWorkerError);
    await expect(growing).rejects.toThrow('(out of luck). Pass threads: 1');
  });

  it('throws what the listener to progress throws, told of the tree of a thread', async () => {
    let listener: ThreadListener | undefined;
    const thread: LentThread = {
      listen: (given) => void (listener = given),
      // It has all trees before the caller's thread can take one.
      post(task) {
        if (task.kind !== 'forest') return;
        growForThread(task, (answer) => setImmediate(() => listener!.onMessage(answer)));
      },
      isDead: () => false,
      release: () => {},
      end: async () => {},
    };
    const pool = { available: 2, started: 1, lend: () => thread, close: async () => {} };
    const growing = growForest(planOf(3), {
      threads: 2,
      pool,
      onProgress() {
        throw new Error('enough');
      },
    });
    await expect(growing).rejects.toThrow('enough');
  });

  it('throws TRAINER_WORKER_FAILED when the pool is closed', async () => {
    const pool = openThreadPool();
    const growing = growForest(planOf(100_000), {
      threads: 2,
      pool,
      onProgress: ({ done }) => void (done === 1 && pool.close()),
    });
    await expect(growing).rejects.toMatchObject({ code: 'TRAINER_WORKER_FAILED' });
  });
});
