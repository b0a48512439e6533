/**
 * The body of a worker thread: takes trees one by one until none is left, and posts each as it is
 * grown. Not to be imported.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { ForestJob, ForestResult } from './forest/forest-job.ts';
import { createTreeGrower } from './forest/tree-grower.ts';

const { data, options, treeCount, nextTree } = workerData as ForestJob;
const growTree = createTreeGrower(data, options);
for (;;) {
  const tree = Atomics.add(nextTree, 0, 1);
  if (tree >= treeCount) break;
  const result: ForestResult = { tree, growth: growTree(tree) };
  parentPort?.postMessage(result);
}
