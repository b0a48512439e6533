import * as threads from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { createTeamCrew } from '../../src/boosting/team-crew.ts';
import { TrainingWorkerError } from '../../src/errors.ts';
import { openLifeLine } from '../../src/threads/life-line.ts';
import type { ThreadHost } from '../../src/threads/thread-host.ts';
import { openThreadPool } from '../../src/threads/thread-pool.ts';
import { createKernelSource } from '../../src/kernels/open-kernels.ts';
import {
  BIN_TOPS,
  COLUMN_BINS,
  INDEX,
  LEAF_STARTS,
  LEAF_VALUES,
  SCORES,
  VALUES,
} from '../../src/kernels/job-layout.ts';
import { JOB } from '../../src/boosting/boosting-memory.ts';

const plan = () => ({
  source: createKernelSource(1 << 20, undefined),
  objective: { name: 'squared' } as const,
  search: 'kernel' as const,
});

/** Starts threads that die of the first part of work that they take. */
function deadlyHost(death: 'exit' | 'hoard'): ThreadHost {
  return {
    availableThreads: () => 2,
    startWorker() {
      const { threadEnd, isCut } = openLifeLine(threads);
      const worker = new threads.Worker(new URL('./dying-worker.ts', import.meta.url), {
        execArgv: ['--conditions=@gnu-mlops/source'],
        resourceLimits: { maxOldGenerationSizeMb: 32 },
        workerData: { threadEnd, death },
        transferList: [threadEnd],
      });
      return { worker, isDead: isCut };
    },
  };
}

describe('createTeamCrew', () => {
  it('does every part of every operation exactly once', async () => {
    const pool = openThreadPool();
    const crew = createTeamCrew(plan(), { threads: 3, pool });
    await crew.ready;
    const { words, doubles } = crew.bench.memory;
    const rows = 10_000;
    words[(JOB + INDEX) / 4] = 8192;
    words[(JOB + LEAF_STARTS) / 4] = 65_536;
    words[(JOB + LEAF_VALUES) / 4] = 65_600;
    words[(JOB + SCORES) / 4] = 131_072;
    for (let row = 0; row < rows; row++) words[8192 / 4 + row] = row;
    words[65_536 / 4 + 1] = rows;
    doubles[65_600 / 8] = 1;
    for (let i = 1; i <= 3000; i++) {
      const begins = crew.run('addLeafValues', { extent: rows, grain: 100, align: 1 });
      expect(begins.length).toBe(4);
    }
    expect(doubles.subarray(131_072 / 8, 131_072 / 8 + rows).every((sum) => sum === 3000)).toBe(
      true,
    );
    await crew.close();
    await pool.close();
  });

  it('cuts nothing finer than its grain, and at multiples of what it is told', async () => {
    const pool = openThreadPool();
    const crew = createTeamCrew(plan(), { threads: 4, pool });
    const { words } = crew.bench.memory;
    words[(JOB + COLUMN_BINS) / 4] = 8192;
    words[(JOB + BIN_TOPS) / 4] = 131_072;
    words[(JOB + VALUES) / 4] = 262_144;
    const cut = (extent: number, grain: number, align: number) =>
      crew.run('binValues', { extent, grain, align });
    expect(cut(100, 1, 1)).toEqual([0, 25, 50, 75, 100]);
    expect(cut(100, 40, 1)).toEqual([0, 50, 100]);
    expect(cut(100, 200, 1)).toEqual([0, 100]);
    expect(cut(100, 1, 32)).toEqual([0, 32, 64, 96, 100]);
    await crew.close();
    await pool.close();
  });

  it('throws TRAINER_WORKER_FAILED when a thread has died', async () => {
    const pool = openThreadPool();
    const team = createTeamCrew(plan(), { threads: 2, pool });
    await pool.close();
    await expect
      .poll(
        () => {
          try {
            team.run('addLeafValues', { extent: 0, grain: 1, align: 1 });
            return undefined;
          } catch (error) {
            return (error as { code?: string }).code;
          }
        },
        { timeout: 30_000 },
      )
      .toBe('TRAINER_WORKER_FAILED');
    await team.close();
  });

  it.each(['exit', 'hoard'] as const)(
    'throws TRAINER_WORKER_FAILED when a thread dies in the middle of its part (%s)',
    async (death) => {
      const pool = openThreadPool(deadlyHost(death));
      const crew = createTeamCrew(plan(), { threads: 2, pool });
      await crew.ready;
      const { words } = crew.bench.memory;
      words[(JOB + INDEX) / 4] = 8192;
      words[(JOB + LEAF_STARTS) / 4] = 65_536;
      words[(JOB + LEAF_VALUES) / 4] = 65_600;
      words[(JOB + SCORES) / 4] = 131_072;
      words[65_536 / 4 + 1] = 10_000;
      // No event gets its turn here, so nothing but the wait itself can notice.
      expect(() => {
        for (let i = 0; i < 1_000_000; i++) {
          crew.run('addLeafValues', { extent: 10_000, grain: 100, align: 1 });
        }
      }).toThrow(TrainingWorkerError);
      await crew.close();
      await pool.close();
    },
    30_000,
  );
});
