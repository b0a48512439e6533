import type { Worker } from 'node:worker_threads';
import { TrainingWorkerError, TrainingCancelledError } from '../errors.ts';
import type { FitContext } from '../fit-context.ts';
import type { ForestData } from './forest-data.ts';
import type { ForestJob, ForestResult } from './forest-job.ts';
import type { ForestPlan } from './forest-plan.ts';
import type { ThreadHost } from './thread-host.ts';
import type { TreeGrowth } from './tree-grower.ts';

/** Threads to grow on, and where to get them. */
export interface ThreadContext extends FitContext {
  readonly threads: number;
  readonly host: ThreadHost;
}

/**
 * Share a forest's trees out over worker threads. The threads are gone when the promise settles.
 *
 * @throws {TrainingCancelledError} as soon as the signal aborts.
 * @throws {TrainingWorkerError} when a thread dies.
 */
export function growInThreads(plan: ForestPlan, context: ThreadContext): Promise<TreeGrowth[]> {
  const { treeCount } = plan;
  const { signal } = context;
  const job: ForestJob = {
    ...plan,
    data: shareData(plan.data),
    nextTree: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
  };
  const growths = new Array<TreeGrowth>(treeCount);
  const workers: Worker[] = [];
  let cancel = () => {};

  const grown = new Promise<TreeGrowth[]>((resolve, reject) => {
    let done = 0;
    let exited = 0;
    function receive({ tree, growth }: ForestResult): void {
      growths[tree] = growth;
      done++;
      context.onProgress?.({ stage: 'train', done, total: treeCount });
      if (done === treeCount) resolve(growths);
    }
    cancel = () => reject(new TrainingCancelledError(signal?.reason));
    signal?.addEventListener('abort', cancel);
    for (let i = 0; i < context.threads; i++) {
      const worker = context.host.startWorker(job);
      workers.push(worker);
      worker.on('message', receive);
      worker.on('error', (error) => reject(new TrainingWorkerError(error)));
      worker.on('exit', (exitCode) => {
        const isEarly = ++exited === context.threads && done < treeCount;
        if (exitCode !== 0 || isEarly) {
          reject(new TrainingWorkerError(new Error(`exit code ${exitCode}`)));
        }
      });
    }
  });
  return grown.finally(async () => {
    signal?.removeEventListener('abort', cancel);
    await Promise.all(workers.map((worker) => worker.terminate()));
  });
}

function shareData(data: ForestData): ForestData {
  const { matrix, target } = data;
  return {
    matrix: {
      ...matrix,
      bins: share(matrix.bins, Uint8Array),
      binCounts: share(matrix.binCounts, Int32Array),
      lowest: share(matrix.lowest, Float64Array),
      highest: share(matrix.highest, Float64Array),
    },
    target:
      target.task === 'classification'
        ? { ...target, labels: share(target.labels, Int32Array) }
        : { ...target, values: share(target.values, Float64Array) },
    weights: share(data.weights, Float64Array),
  };
}

/** A copy in shared memory. */
function share<A extends Uint8Array | Int32Array | Float64Array>(
  array: A,
  make: new (buffer: SharedArrayBuffer) => A,
): A {
  const shared = new make(new SharedArrayBuffer(array.byteLength));
  shared.set(array);
  return shared;
}
