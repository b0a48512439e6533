/** A kernel that works for the tree whose parameters (see forest-layout.ts) start at address `job`. */
export type ForestKernel = (job: number) => void;

/** The inner loops of growing a tree of a forest, at one thread's seat. */
export interface ForestKernels {
  /** Draw the tree's rows. */
  readonly drawBag: ForestKernel;
  /** Sum up a node. */
  readonly sumNode: ForestKernel;
  /** Find the best split of the node that was summed up last. */
  readonly searchNode: ForestKernel;
  /** Part a node's rows by its split. */
  readonly partNode: ForestKernel;
}
