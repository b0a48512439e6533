import type { TreeEnsemble } from '../estimator.ts';
import type { KernelMemory } from './kernel-memory.ts';
import { NODE_BYTES, NODE_CHILDREN, NODE_SLOT, SLOT_BYTES } from './node-layout.ts';
import type { TreeSection } from './tree-sections.ts';

/** Where an ensemble's nodes lie in the kernels' memory; addresses in bytes. */
export interface NodePlan {
  readonly nodes: number;
  /** Each tree's root. */
  readonly roots: Float64Array;
  /** A leaf's outcome is as far from here as the leaf from `nodes`. */
  readonly outcomes: number;
  /** The leaves' values; in use where a leaf has several. */
  readonly leafValues: number;
  /** A leaf that adds nothing. */
  readonly emptyLeaf: number;
}

/** Nodes in a line of a processor's cache, of 64 bytes. */
const LINE_NODES = 8;

/** The place of each tree's root, at the start of a line, and after them one for the empty leaf. */
export function placeRoots({ treeStarts }: TreeEnsemble): Float64Array {
  const places = new Float64Array(treeStarts.length);
  for (let tree = 1; tree < treeStarts.length; tree++) {
    const size = treeStarts[tree]! - treeStarts[tree - 1]! - 1;
    places[tree] = places[tree - 1]! + LINE_NODES * (1 + Math.ceil(size / LINE_NODES));
  }
  return places;
}

/** Write the nodes of a section's trees. */
export function writeNodes(
  trees: TreeEnsemble,
  section: TreeSection,
  target: { readonly plan: NodePlan; readonly memory: KernelMemory },
): void {
  const { halves, words } = target.memory;
  const slotOf = new Map(Array.from(section.features, (feature, i) => [feature, 1 + 2 * i]));
  for (let tree = section.firstTree; tree < section.endTree; tree++) {
    const root = target.plan.roots[tree]!;
    const { nodes, places, children } = placeNodes(trees, tree);
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i]!;
      const address = root + places[i]! * NODE_BYTES;
      const feature = trees.splitFeature[node]!;
      if (feature < 0) {
        writeLeaf(target, address, { trees, leaf: trees.leafIndex[node]! });
        continue;
      }
      const slot = slotOf.get(feature)!;
      const known = section.thresholds[(slot - 1) / 2]!;
      halves[address / 2] = rankOf(known, trees.threshold[node]!);
      halves[(address + NODE_SLOT) / 2] = SLOT_BYTES * (slot + trees.missingLeft[node]!);
      words[(address + NODE_CHILDREN) / 4] = root + children[i]! * NODE_BYTES;
    }
  }
}

/** A tree's nodes, the place of each, and of a split's children the right one's. */
interface PlacedNodes {
  readonly nodes: Int32Array;
  readonly places: Int32Array;
  readonly children: Int32Array;
}

/**
 * Place siblings side by side, the root alone, and fill each line of the cache with pairs below one
 * another: a walk then comes through half as many lines as breadth first.
 */
function placeNodes(trees: TreeEnsemble, tree: number): PlacedNodes {
  const { treeStarts, splitFeature, leftChild, rightChild } = trees;
  const size = treeStarts[tree + 1]! - treeStarts[tree]!;
  const nodes = new Int32Array(size);
  const places = new Int32Array(size);
  const children = new Int32Array(size);
  nodes[0] = treeStarts[tree]!;
  let count = 1;
  // Where the next pair goes.
  let free = LINE_NODES;
  /** Splits, as positions in `nodes`, whose children start a line. */
  const waiting = new Int32Array(size);
  let waitingCount = 0;
  const line: number[] = [];
  if (splitFeature[nodes[0]]! >= 0) waiting[waitingCount++] = 0;
  for (let w = 0; w < waitingCount; w++) {
    line.length = 0;
    line.push(waiting[w]!);
    for (let i = 0; i < line.length; i++) {
      const at = line[i]!;
      if (i >= LINE_NODES / 2) {
        waiting[waitingCount++] = at;
        continue;
      }
      children[at] = free;
      for (const side of [rightChild, leftChild]) {
        const child = side[nodes[at]!]!;
        nodes[count] = child;
        places[count] = free++;
        if (splitFeature[child]! >= 0) line.push(count);
        count++;
      }
    }
  }
  return { nodes, places, children };
}

/** Write the leaf that adds nothing. */
export function writeEmptyLeaf(
  target: { readonly plan: NodePlan; readonly memory: KernelMemory },
  trees: TreeEnsemble,
): void {
  const { plan, memory } = target;
  if (trees.outputCount > 1) memory.doubles.set(trees.leafValues, plan.leafValues / 8);
  // Behind the leaves' values the memory holds zeros.
  const leaf = trees.leafValues.length / trees.outputCount;
  writeLeaf(target, plan.emptyLeaf, { trees, leaf });
}

function writeLeaf(
  { plan, memory }: { readonly plan: NodePlan; readonly memory: KernelMemory },
  address: number,
  { trees, leaf }: { readonly trees: TreeEnsemble; readonly leaf: number },
): void {
  const { words, doubles } = memory;
  const outcome = address - plan.nodes + plan.outcomes;
  words[address / 4] = 0;
  words[(address + NODE_CHILDREN) / 4] = address - NODE_BYTES;
  if (trees.outputCount === 1) doubles[outcome / 8] = trees.leafValues[leaf] ?? 0;
  else words[outcome / 4] = plan.leafValues + 8 * trees.outputCount * leaf;
}

/** How many thresholds are below one of them. */
function rankOf(thresholds: Float64Array, threshold: number): number {
  let from = 0;
  let to = thresholds.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (thresholds[middle]! < threshold) from = middle + 1;
    else to = middle;
  }
  return from;
}
