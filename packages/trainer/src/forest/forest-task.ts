import { type KernelSource, openKernels } from '../kernels/open-kernels.ts';
import { NEXT_TREE } from './forest-memory.ts';
import { type TreeGrowth, createTreeGrower } from './tree-grower.ts';
import type { TreeTerms } from './tree-terms.ts';

/** Trees for a thread to grow, in a memory that is laid out. Plain data. */
export interface ForestTask {
  readonly kind: 'forest';
  readonly source: KernelSource;
  readonly terms: TreeTerms;
  readonly treeCount: number;
}

/** What a thread says of each tree. */
export interface ForestAnswer {
  readonly tree: number;
  readonly growth: TreeGrowth;
}

/** Grow trees until nobody needs to take another. */
export function growForThread(
  { source, terms, treeCount }: ForestTask,
  answer: (answer: ForestAnswer, transfer: ArrayBuffer[]) => void,
): void {
  const tools = openKernels(source);
  const growTree = createTreeGrower(tools, terms);
  for (;;) {
    const tree = Atomics.add(tools.memory.words, NEXT_TREE, 1);
    if (tree >= treeCount) return;
    const growth = growTree(tree);
    const buffers = Object.values(growth.tree).map(({ buffer }) => buffer as ArrayBuffer);
    answer({ tree, growth }, [...buffers, growth.gains.buffer as ArrayBuffer]);
  }
}
