import type { TreeEnsemble } from '../estimator.ts';
import type { KernelMemory } from './kernel-memory.ts';
import { leafDepths } from './leaf-depths.ts';
import { GROUP_ROWS } from './node-layout.ts';
import type { SectionPlan } from './section-plan.ts';
import { paddedCount } from './section-plan.ts';
import {
  FEATURE_COUNT,
  GROUP_BYTES,
  GROUP_STEPS,
  OUTPUT_COUNT,
  ROOTS,
  ROWS,
  SEARCHES,
  SEARCH_BYTES,
  SEARCH_HALF,
  SEARCH_TOPS,
  SUMS,
  TO_OUTCOME,
  TREE_COUNT,
  TREE_STEPS,
  VALUES,
  VALUE_BYTES,
} from './walk-layout.ts';
import { type NodePlan, writeNodes } from './write-nodes.ts';

/** What the sections of an ensemble share; addresses in bytes. */
export interface SharedPlan extends NodePlan {
  readonly values: number;
  readonly valueBytes: number;
  readonly sums: number;
}

/** Write a section's nodes, thresholds and parameters. */
export function writeSection(
  trees: TreeEnsemble,
  own: SectionPlan,
  target: { readonly plan: SharedPlan; readonly memory: KernelMemory },
): void {
  const { plan, memory } = target;
  const { words } = memory;
  const { section, job } = own;
  writeNodes(trees, section, target);
  writeRoots(trees, own, target);
  writeThresholds(own, memory);
  words[(job + ROOTS) / 4] = own.roots;
  words[(job + TREE_COUNT) / 4] = section.endTree - section.firstTree;
  words[(job + TREE_STEPS) / 4] = own.treeSteps;
  words[(job + GROUP_STEPS) / 4] = own.groupSteps;
  words[(job + TO_OUTCOME) / 4] = plan.outcomes - plan.nodes;
  words[(job + OUTPUT_COUNT) / 4] = trees.outputCount;
  words[(job + FEATURE_COUNT) / 4] = section.features.length;
  words[(job + SEARCHES) / 4] = own.searches;
  words[(job + VALUES) / 4] = plan.values;
  words[(job + VALUE_BYTES) / 4] = plan.valueBytes;
  words[(job + ROWS) / 4] = own.rows;
  words[(job + GROUP_BYTES) / 4] = own.groupBytes;
  words[(job + SUMS) / 4] = plan.sums;
}

function writeRoots(
  trees: TreeEnsemble,
  { section, roots, treeSteps, groupSteps }: SectionPlan,
  { plan, memory: { words } }: { readonly plan: NodePlan; readonly memory: KernelMemory },
): void {
  const treeCount = section.endTree - section.firstTree;
  const padded = Math.ceil(treeCount / GROUP_ROWS) * GROUP_ROWS;
  words.fill(plan.emptyLeaf, roots / 4, roots / 4 + padded);
  for (let i = 0; i < treeCount; i++) {
    const tree = section.firstTree + i;
    const group = groupSteps / 4 + Math.floor(i / GROUP_ROWS);
    const steps = stepsBeforeLook(trees, tree);
    words[roots / 4 + i] = plan.roots[tree]!;
    words[treeSteps / 4 + i] = steps;
    words[group] = Math.max(words[group]!, steps);
  }
}

/**
 * How many steps to take down a tree before looking whether all walks are at a leaf: to the mean leaf,
 * or to the bottom where that is hardly farther.
 */
function stepsBeforeLook(trees: TreeEnsemble, tree: number): number {
  const { mean, deepest } = leafDepths(trees, tree);
  return deepest - mean <= 1.5 ? deepest : Math.floor(mean);
}

function writeThresholds({ section, searches, tops }: SectionPlan, memory: KernelMemory): void {
  section.thresholds.forEach((thresholds, feature) => {
    const at = tops[feature]!;
    const count = paddedCount(thresholds.length);
    memory.doubles.fill(Infinity, at / 8, at / 8 + count);
    memory.doubles.set(thresholds, at / 8);
    const search = searches + feature * SEARCH_BYTES;
    memory.words[(search + SEARCH_TOPS) / 4] = at;
    memory.words[(search + SEARCH_HALF) / 4] = 4 * (count + 1);
  });
}
