import type { BlockScorer } from './block-scorer.ts';
import type { TreeEnsemble } from './estimator.ts';
import { finishSums } from './finish-sums.ts';
import { createMemoryPlan } from './kernels/memory-plan.ts';
import { NODE_BYTES } from './kernels/node-layout.ts';
import { openKernels } from './kernels/open-kernels.ts';
import { type SectionPlan, planSection } from './kernels/section-plan.ts';
import { type TreeSection, splitIntoSections } from './kernels/tree-sections.ts';
import { ROW_COUNT } from './kernels/walk-layout.ts';
import { placeRoots, writeEmptyLeaf } from './kernels/write-nodes.ts';
import { type SharedPlan, writeSection } from './kernels/write-section.ts';
import type { RowBlock } from './widen-rows.ts';

/** Rows that walk down the trees together: the more, the less often a tree comes into the cache. */
const MOST_TOGETHER = 1024;
/** Values that they may have. */
const BLOCK_VALUES = 65_536;
/** Fewer rows walk alone, down several trees at once. */
const FEWEST_TOGETHER = 4;

/**
 * Prepare the raw scores (before the link) of a checked ensemble in WebAssembly, with the bits of
 * `scoreReference`. Values become ranks among the thresholds, of two bytes: so a node takes eight.
 *
 * @returns undefined where that cannot be: no WebAssembly here, sets of categories, or a tree with
 *   more thresholds or features than two bytes count.
 */
export function createKernelScorer(trees: TreeEnsemble): BlockScorer | undefined {
  const sections = trees.categorySets === undefined ? splitIntoSections(trees) : undefined;
  if (sections === undefined) return undefined;
  const { outputCount } = trees;
  const mostFeatures = Math.max(1, ...sections.map(({ features }) => features.length));
  const blockRows = Math.max(8, Math.min(MOST_TOGETHER, (BLOCK_VALUES / mostFeatures) & ~7));
  const plan = createMemoryPlan();
  const shared = planShared(trees, { plan, blockRows, mostFeatures });
  const plans = sections.map((section) => planSection(section, plan, blockRows));
  const open = openKernels(plan.size());
  if (open === undefined) return undefined;
  const { kernels, memory } = open;
  const { words, doubles } = memory;
  writeEmptyLeaf({ plan: shared, memory }, trees);
  for (const own of plans) writeSection(trees, own, { plan: shared, memory });
  const firstSum = shared.sums / 8;

  function addSection({ section, job }: SectionPlan, block: RowBlock): void {
    const firstValue = shared.values / 8;
    copyValues(section, block, { doubles, firstValue, perFeature: blockRows });
    words[(job + ROW_COUNT) / 4] = block.rowCount;
    kernels.encodeRows(job);
    if (block.rowCount === 1) kernels.walkTrees(job);
    else kernels.walkRows(job);
  }

  return ({ columns, firstRow, rowCount }, raw) => {
    const most = rowCount < FEWEST_TOGETHER ? 1 : blockRows;
    for (let done = 0; done < rowCount; done += most) {
      const count = Math.min(most, rowCount - done);
      doubles.fill(0, firstSum, firstSum + count * outputCount);
      const block = { columns, firstRow: firstRow + done, rowCount: count };
      for (const own of plans) addSection(own, block);
      const to = done * outputCount;
      finishSums(trees, { sums: doubles, from: firstSum, raw, to, rowCount: count });
    }
  };
}

interface Room {
  readonly plan: ReturnType<typeof createMemoryPlan>;
  readonly blockRows: number;
  readonly mostFeatures: number;
}

function planShared(trees: TreeEnsemble, { plan, blockRows, mostFeatures }: Room): SharedPlan {
  const { outputCount, leafValues } = trees;
  const rootPlaces = placeRoots(trees);
  const emptyPlace = rootPlaces.at(-1)!;
  const places = emptyPlace + 1;
  const nodes = plan.reserve(places * NODE_BYTES);
  const valueBytes = 8 * blockRows;
  return {
    nodes,
    outcomes: plan.reserve(places * 8),
    leafValues: plan.reserve(outputCount === 1 ? 0 : 8 * (leafValues.length + outputCount)),
    roots: rootPlaces.map((place) => nodes + place * NODE_BYTES),
    emptyLeaf: nodes + emptyPlace * NODE_BYTES,
    values: plan.reserve(valueBytes * mostFeatures),
    valueBytes,
    sums: plan.reserve(8 * blockRows * outputCount),
  };
}

interface ValueTarget {
  readonly doubles: Float64Array;
  readonly firstValue: number;
  readonly perFeature: number;
}

function copyValues(
  { features }: TreeSection,
  { columns, firstRow, rowCount }: RowBlock,
  { doubles, firstValue, perFeature }: ValueTarget,
): void {
  let to = firstValue;
  for (let i = 0; i < features.length; i++, to += perFeature) {
    const column = columns[features[i]!]!;
    if (rowCount === 1) doubles[to] = column[firstRow]!;
    else doubles.set(column.subarray(firstRow, firstRow + rowCount), to);
  }
}
