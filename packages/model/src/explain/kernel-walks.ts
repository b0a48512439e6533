import { goesLeft } from '../score-reference.ts';
import { type OpenKernels, openKernels } from '../kernels/open-kernels.ts';
import {
  ALL_SPLITS,
  CHILD_VALUES,
  CHILD_VALUE_BYTES,
  CONTRIBUTIONS,
  EXPECTED,
  EXPLAINED_OUTPUTS,
  EXPLAINED_TREES,
  EXPLAINED_TREE_COUNT,
  ROW_VALUES,
  WEIGHTS,
} from '../kernels/split-layout.ts';
import type { ExplainedRows } from './block-explainer.ts';
import { type WalkPlan, planWalks } from './walk-plan.ts';
import type { TreeWalks, WalkedTrees } from './walked-trees.ts';
import { writeSplits } from './write-splits.ts';

/**
 * Prepare the walks in WebAssembly.
 *
 * @returns undefined where there is none, or no room.
 */
export function createKernelWalks(walked: WalkedTrees): TreeWalks | undefined {
  const plan = planWalks(walked);
  const open = openKernels(plan.sizeBytes);
  if (open === undefined) return undefined;
  const { kernels, memory } = open;
  writeSplits(walked, plan, memory);
  writeParameters(walked, plan, open);
  const firstCell = plan.contributions / 8;
  const cells = plan.featureCount * walked.trees.outputCount;

  return (rows) => {
    for (let row = 0; row < rows.rowCount; row++) {
      writeValues(rows, row, { walked, plan, doubles: memory.doubles });
      memory.doubles.fill(0, firstCell, firstCell + cells);
      kernels.explainRow(plan.job);
      const to = row * rows.featureCount * walked.trees.outputCount;
      rows.contributions.set(memory.doubles.subarray(firstCell, firstCell + cells), to);
    }
  };
}

function writeParameters(walked: WalkedTrees, plan: WalkPlan, { memory }: OpenKernels): void {
  const { job } = plan;
  const { words } = memory;
  words[(job + EXPLAINED_TREES) / 4] = plan.trees;
  words[(job + EXPLAINED_TREE_COUNT) / 4] = plan.walkedTrees.length;
  words[(job + ALL_SPLITS) / 4] = plan.splits;
  words[(job + ROW_VALUES) / 4] = plan.values;
  words[(job + CONTRIBUTIONS) / 4] = plan.contributions;
  words[(job + EXPLAINED_OUTPUTS) / 4] = walked.childValues.length;
  words[(job + CHILD_VALUES) / 4] = plan.childValues;
  words[(job + CHILD_VALUE_BYTES) / 4] = plan.childValueBytes;
  words[(job + WEIGHTS) / 4] = plan.weights;
  words[(job + EXPECTED) / 4] = plan.expected;
}

interface ValueTarget {
  readonly walked: WalkedTrees;
  readonly plan: WalkPlan;
  readonly doubles: Float64Array;
}

/**
 * Write what the splits compare: each feature as it is, whose NaN goes right, and with -Infinity for
 * NaN, which goes left; then, for each split that asks for a set of categories, where the row turns.
 */
function writeValues(
  { values, featureCount }: ExplainedRows,
  row: number,
  { walked, plan, doubles }: ValueTarget,
): void {
  const { trees, table } = walked;
  let to = plan.values / 8;
  for (let feature = 0; feature < plan.featureCount; feature++) {
    const value = values[row * featureCount + feature]!;
    doubles[to++] = value;
    doubles[to++] = Number.isNaN(value) ? -Infinity : value;
  }
  for (const split of plan.setSplits) {
    const value = values[row * featureCount + table.feature[split]!]!;
    doubles[to++] = goesLeft(trees, table.node[split]!, value) ? 0 : 1;
  }
}
