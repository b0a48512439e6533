import { TrainingCancelledError, TrainingWorkerError } from '../errors.ts';
import type { FitContext } from '../fit-context.ts';
import type { OpenKernels } from '../kernels/open-kernels.ts';
import { nextTurn } from '../next-turn.ts';
import type { LentThread } from '../threads/thread-pool.ts';
import { NEXT_TREE } from './forest-memory.ts';
import type { ForestAnswer, ForestTask } from './forest-task.ts';
import { type TreeGrowth, createTreeGrower } from './tree-grower.ts';

/** Milliseconds after which messages, timers and signals get their turn. */
const TURN_MS = 10;

/** Those who grow a forest. */
export interface ForestTeam {
  /** The caller's own. */
  readonly tools: OpenKernels;
  /** One for the caller's thread, and one for each helper. */
  readonly tasks: readonly ForestTask[];
  readonly helpers: readonly LentThread[];
}

/**
 * Grow all trees on the caller's thread and its helpers, each taking the next that nobody has.
 *
 * @returns the trees in order of their number.
 * @throws {TrainingCancelledError} when the signal aborts.
 * @throws {TrainingWorkerError} when a helper dies.
 * @throws what `onProgress` throws.
 */
export async function growTogether(
  { tools, tasks, helpers }: ForestTeam,
  { signal, onProgress }: FitContext,
): Promise<TreeGrowth[]> {
  const [{ terms, treeCount }, ...others] = tasks as [ForestTask, ...ForestTask[]];
  const { words } = tools.memory;
  const growths = new Array<TreeGrowth>(treeCount);
  let done = 0;
  let failure: { readonly error: unknown } | undefined;
  let wake = () => {};

  function take({ tree, growth }: ForestAnswer): void {
    growths[tree] = growth;
    done++;
    onProgress?.({ stage: 'train', done, total: treeCount });
    wake();
  }
  function fail(error: unknown): void {
    failure ??= { error };
    wake();
  }
  const wakeUp = () => wake();
  signal?.addEventListener('abort', wakeUp);
  helpers.forEach((helper, i) => {
    helper.listen({
      onMessage(answer) {
        // Whatever is thrown here would end the process.
        try {
          take(answer as ForestAnswer);
        } catch (error) {
          fail(error);
        }
      },
      onFailure: (error) => fail(new TrainingWorkerError(error)),
    });
    helper.post(others[i]!);
  });
  function check(): void {
    if (failure !== undefined) throw failure.error;
    if (signal?.aborted === true) throw new TrainingCancelledError(signal.reason);
  }

  try {
    const growTree = createTreeGrower(tools, terms);
    let turnMs = performance.now();
    for (;;) {
      if (performance.now() - turnMs > TURN_MS) {
        await nextTurn();
        turnMs = performance.now();
      }
      check();
      const tree = Atomics.add(words, NEXT_TREE, 1);
      if (tree >= treeCount) break;
      take({ tree, growth: growTree(tree) });
    }
    while (done < treeCount) {
      await new Promise<void>((resolve) => (wake = resolve));
      check();
    }
    return growths;
  } finally {
    // Helpers take no other tree.
    Atomics.store(words, NEXT_TREE, treeCount);
    signal?.removeEventListener('abort', wakeUp);
  }
}
