import type { TreeEnsemble } from '../estimator.ts';
import { goesLeft } from '../score-reference.ts';
import type { ExplainedRows } from './block-explainer.ts';
import { type PointBlock, blocksByTree } from './point-blocks.ts';
import type { SplitTable } from './split-table.ts';
import { OFF_PATH, SCRIPT_POINTS, collectContributions, spreadWeights } from './walk-splits.ts';
import type { TreeWalks, WalkedTrees } from './walked-trees.ts';

/** Prepare the walks in plain TypeScript. */
export function createScriptWalks({ trees, table, childValues }: WalkedTrees): TreeWalks {
  const { outputCount } = trees;
  const { starts } = table;
  const treeCount = starts.length - 1;
  const blocks = blocksByTree(table.pathFeatures, SCRIPT_POINTS);
  const { inverseAt, inverses } = inversesOf(table, blocks);
  let most = 1;
  for (let t = 0; t < treeCount; t++) most = Math.max(most, starts[t + 1]! - starts[t]!);
  const childRow = table.childSplit.map((split) => SCRIPT_POINTS * (split < 0 ? most : split));
  const turns = new Uint8Array(most);
  const weights = new Float64Array(SCRIPT_POINTS * most);
  const scores = new Float64Array(SCRIPT_POINTS * (most + 1));

  function explainRow(tree: number, row: number, rows: ExplainedRows): void {
    const start = starts[tree]!;
    const count = starts[tree + 1]! - start;
    const { values, featureCount, contributions } = rows;
    takeTurns(row * featureCount, values, { trees, table, start, count, turns });
    for (let b = 0; b < blocks[tree]!.length; b++) {
      const block = blocks[tree]![b]!;
      const inverseShift = b * SCRIPT_POINTS;
      const shared = { table, start, count, block, turns, weights };
      const walk = { ...shared, inverseAt, inverses, inverseShift };
      spreadWeights(walk);
      for (let k = 0; k < childValues.length; k++) {
        collectContributions(walk, {
          childValues: childValues[k]!,
          childRow,
          scores,
          contributions,
          contributionStart: row * featureCount * outputCount + k,
          contributionStep: outputCount,
        });
      }
    }
  }

  return (rows) => {
    for (let tree = 0; tree < treeCount; tree++) {
      if (starts[tree] === starts[tree + 1]) continue;
      for (let row = 0; row < rows.rowCount; row++) explainRow(tree, row, rows);
    }
  };
}

interface Turning {
  readonly trees: TreeEnsemble;
  readonly table: SplitTable;
  readonly start: number;
  readonly count: number;
  readonly turns: Uint8Array;
}

/** Find where the row turns at each split, were it to come there. */
function takeTurns(rowStart: number, values: Float64Array, turning: Turning): void {
  const { trees, table, start, count, turns } = turning;
  const { node, feature, ancestor, ancestorSide } = table;
  for (let i = 0; i < count; i++) {
    const split = start + i;
    const above = ancestor[split]!;
    const turn = Number(!goesLeft(trees, node[split]!, values[rowStart + feature[split]!]!));
    turns[i] = above >= 0 && turns[above] !== ancestorSide[split] ? OFF_PATH : turn;
  }
}

function inversesOf(table: SplitTable, blocks: readonly (readonly PointBlock[])[]) {
  const { starts, ancestor, shareAbove } = table;
  const inverseAt = new Int32Array(ancestor.length).fill(-1);
  let length = 0;
  blocks.forEach((own, tree) => {
    for (let split = starts[tree]!; split < starts[tree + 1]!; split++) {
      if (ancestor[split]! < 0) continue;
      inverseAt[split] = length;
      length += own.length * SCRIPT_POINTS;
    }
  });
  const inverses = new Float64Array(length);
  blocks.forEach((own, tree) => {
    for (let split = starts[tree]!; split < starts[tree + 1]!; split++) {
      let at = inverseAt[split]!;
      if (at < 0) continue;
      for (const { points } of own) {
        for (const x of points) inverses[at++] = 1 / (x + (1 - x) * shareAbove[split]!);
      }
    }
  });
  return { inverseAt, inverses };
}
