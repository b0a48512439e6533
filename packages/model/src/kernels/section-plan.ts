import type { MemoryPlan } from './memory-plan.ts';
import { GROUP_ROWS, SLOT_BYTES } from './node-layout.ts';
import type { TreeSection } from './tree-sections.ts';
import { SEARCH_BYTES, SECTION_BYTES } from './walk-layout.ts';

/** Where the parts of a section lie in the kernels' memory; addresses in bytes. */
export interface SectionPlan {
  readonly section: TreeSection;
  /** The section's parameters: see walk-layout.ts. */
  readonly job: number;
  readonly roots: number;
  readonly treeSteps: number;
  readonly groupSteps: number;
  readonly searches: number;
  /** Each feature's thresholds. */
  readonly tops: readonly number[];
  readonly groupBytes: number;
  /** Codes of a block of rows. */
  readonly rows: number;
}

/** Reserve room for a section and for blocks of rows. */
export function planSection(
  section: TreeSection,
  plan: MemoryPlan,
  blockRows: number,
): SectionPlan {
  const paddedTrees = Math.ceil((section.endTree - section.firstTree) / GROUP_ROWS) * GROUP_ROWS;
  const groupBytes = SLOT_BYTES * (1 + 2 * section.features.length);
  return {
    section,
    job: plan.reserve(SECTION_BYTES),
    roots: plan.reserve(4 * paddedTrees),
    treeSteps: plan.reserve(4 * paddedTrees),
    groupSteps: plan.reserve((4 * paddedTrees) / GROUP_ROWS),
    searches: plan.reserve(SEARCH_BYTES * section.features.length),
    tops: section.thresholds.map(({ length }) => plan.reserve(8 * paddedCount(length))),
    groupBytes,
    rows: plan.reserve((blockRows / GROUP_ROWS) * groupBytes),
  };
}

/** Thresholds are padded to one less than a power of two, so that halving comes out even. */
export function paddedCount(count: number): number {
  return 2 ** Math.ceil(Math.log2(count + 1)) - 1;
}
