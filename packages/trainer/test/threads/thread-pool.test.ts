import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SOURCE_FLAGS } from '@gnu-mlops/test-kit';
import { describe, expect, it, vi } from 'vitest';
import { closeBoard } from '../../src/boosting/team-board.ts';
import { openWorkbench } from '../../src/boosting/workbench.ts';
import { createKernelSource } from '../../src/kernels/open-kernels.ts';
import { openThreadPool } from '../../src/threads/thread-pool.ts';
import { withPool } from '../../src/threads/with-pool.ts';

const run = promisify(execFile);

/** Fits on threads of a pool that nobody closes. */
const script = `
  import { fitEstimator, openThreadPool } from '@gnu-mlops/trainer';

  const pool = openThreadPool();
  const column = Float64Array.from({ length: 100 }, (_, row) => Math.sin(row));
  const matrix = { rowCount: 100, features: [{ name: 'a', kind: 'numeric' }], columns: [column] };
  const target = { task: 'regression', values: column };
  for (const algorithm of ['random_forest', 'lightgbm']) {
    await fitEstimator({ algorithm, matrix, target, seed: 1 }, { threads: 2, pool });
  }
  process.stdout.write(String(pool.started));
`;

describe('openThreadPool', () => {
  it('starts a thread when there is none to lend, and lends it again', async () => {
    const pool = openThreadPool();
    expect(pool.started).toBe(0);
    const first = pool.lend()!;
    const second = pool.lend()!;
    expect(pool.started).toBe(2);
    first.release();
    first.release();
    pool.lend();
    expect(pool.started).toBe(2);
    await second.end();
    expect(pool.started).toBe(1);
    await pool.close();
    expect(pool.started).toBe(0);
  });

  it('tells of the death of a thread, but not of one that was given back', async () => {
    const pool = openThreadPool();
    const failures: unknown[] = [];
    const threads = [pool.lend()!, pool.lend()!];
    for (const [i, thread] of threads.entries()) {
      thread.listen({ onMessage: () => {}, onFailure: () => failures.push(i) });
    }
    threads[0]!.release();
    await pool.close();
    expect(failures).toEqual([1]);
  });

  it('knows of a death before any event can tell, and lends another thread', async () => {
    const pool = openThreadPool();
    const thread = pool.lend()!;
    const source = createKernelSource(1 << 20, undefined);
    await new Promise((resolve) => {
      thread.listen({ onMessage: resolve, onFailure: resolve });
      const plan = { source, objective: { name: 'squared' }, search: 'kernel' } as const;
      thread.post({ kind: 'boosting', plan });
    });
    expect(thread.isDead()).toBe(false);
    const ending = thread.end();
    const nap = new Int32Array(new SharedArrayBuffer(4));
    for (let i = 0; i < 1000 && !thread.isDead(); i++) Atomics.wait(nap, 0, 0, 10);
    expect(thread.isDead()).toBe(true);
    thread.release();
    const next = pool.lend()!;
    expect(next.isDead()).toBe(false);
    await ending;
    await pool.close();
  });

  it('lets go of memories that were shared with a thread, by ending it', async () => {
    const pool = openThreadPool();
    const source = createKernelSource(1 << 28, undefined);
    const plan = { source, objective: { name: 'squared' }, search: 'kernel' } as const;
    for (const startedAfter of [1, 0]) {
      const thread = pool.lend()!;
      await new Promise((resolve) => {
        thread.listen({ onMessage: resolve, onFailure: resolve });
        thread.post({ kind: 'boosting', plan });
      });
      closeBoard(openWorkbench(plan));
      thread.release();
      await vi.waitFor(() => expect(pool.started).toBe(startedAfter));
    }
    expect(pool.lend()!.isDead()).toBe(false);
    expect(pool.started).toBe(1);
    await pool.close();
  });

  it('keeps no process alive, though nobody closes it', async () => {
    const { stdout } = await run(
      process.execPath,
      [...SOURCE_FLAGS, '--input-type=module', '--eval', script],
      { cwd: fileURLToPath(new URL('../..', import.meta.url)), timeout: 50_000 },
    );
    expect(stdout.trim()).toBe('1');
  });
});

describe('withPool', () => {
  it('closes its own threads, and leaves those of the caller', async () => {
    const own = await withPool({}, async ({ pool }) => {
      pool.lend();
      return pool;
    });
    expect(own.started).toBe(0);
    const pool = openThreadPool();
    pool.lend();
    expect(await withPool({ pool }, async (context) => context.pool)).toBe(pool);
    expect(pool.started).toBe(1);
    await pool.close();
  });
});
