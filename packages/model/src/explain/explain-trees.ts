import type { TreeEnsemble } from '../estimator.ts';
import { goesLeft } from '../score-reference.ts';
import type { BlockExplainer, ExplainedRows } from './block-explainer.ts';
import { BLOCK_POINTS, type PointBlock, pointBlocks } from './point-blocks.ts';
import { type SplitTable, createSplitTable } from './split-table.ts';
import {
  childValuesOf,
  completeLastOutput,
  expectedScores,
  leafSumsAreEqual,
} from './tree-outputs.ts';
import { OFF_PATH, collectContributions, spreadWeights } from './walk-splits.ts';

/**
 * Prepare the exact Shapley values of a checked ensemble, where the value of a set of features is
 * the expected score when only these are known and every other split sends a row both ways, by the
 * cover of its children (Lundberg's path-dependent TreeSHAP).
 *
 * The weight of a set of t out of m features, t! (m - t - 1)! / m!, is the integral of
 * x^t (1 - x)^(m - t - 1) over [0, 1]. So a contribution is the integral, over the chance x that a
 * feature is known, of a polynomial that factors over the splits of a path; a Gauss-Legendre rule
 * gives it exactly. At each point one walk down a tree and one up serve all features at once:
 * O(splits x features of a path) a row, where Lundberg's algorithm takes the square of the latter.
 *
 * @throws {ModelInvalidError} when a tree has no cover to weigh its branches by.
 * @see Lundberg, Erion, Lee 2018, Consistent individualized feature attribution for tree ensembles.
 */
export function createTreeExplanations(trees: TreeEnsemble): BlockExplainer {
  const { outputCount } = trees;
  const table = createSplitTable(trees);
  const { starts } = table;
  const treeCount = starts.length - 1;
  const isComplete = leafSumsAreEqual(trees);
  const walkedOutputs = isComplete ? outputCount - 1 : outputCount;
  const childValues = Array.from({ length: outputCount }, (_, k) => childValuesOf(trees, table, k));
  const blocks = blocksByTree(table);
  const { inverseAt, inverses } = inversesOf(table, blocks);
  let most = 1;
  for (let t = 0; t < treeCount; t++) most = Math.max(most, starts[t + 1]! - starts[t]!);
  const childRow = table.childSplit.map((split) => BLOCK_POINTS * (split < 0 ? most : split));
  const turns = new Uint8Array(most);
  const weights = new Float64Array(BLOCK_POINTS * most);
  const scores = new Float64Array(BLOCK_POINTS * (most + 1));

  function explainRow(tree: number, row: number, rows: ExplainedRows): void {
    const start = starts[tree]!;
    const count = starts[tree + 1]! - start;
    const { values, featureCount, contributions } = rows;
    takeTurns(row * featureCount, values, { trees, table, start, count, turns });
    for (let b = 0; b < blocks[tree]!.length; b++) {
      const block = blocks[tree]![b]!;
      const inverseShift = b * BLOCK_POINTS;
      const shared = { table, start, count, block, turns, weights };
      const walk = { ...shared, inverseAt, inverses, inverseShift };
      spreadWeights(walk);
      for (let k = 0; k < walkedOutputs; k++) {
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

  return {
    baseValues: expectedScores(trees, table, childValues),
    explain(rows) {
      for (let tree = 0; tree < treeCount; tree++) {
        if (starts[tree] === starts[tree + 1]) continue;
        for (let row = 0; row < rows.rowCount; row++) explainRow(tree, row, rows);
      }
      if (isComplete) completeLastOutput(rows.contributions, outputCount);
    },
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

function blocksByTree({ pathFeatures }: SplitTable): (readonly PointBlock[])[] {
  const known = new Map<number, readonly PointBlock[]>();
  return Array.from(pathFeatures, (features) => {
    const blocks = known.get(features) ?? pointBlocks(features);
    known.set(features, blocks);
    return blocks;
  });
}

function inversesOf(table: SplitTable, blocks: readonly (readonly PointBlock[])[]) {
  const { starts, ancestor, shareAbove } = table;
  const inverseAt = new Int32Array(ancestor.length).fill(-1);
  let length = 0;
  blocks.forEach((own, tree) => {
    for (let split = starts[tree]!; split < starts[tree + 1]!; split++) {
      if (ancestor[split]! < 0) continue;
      inverseAt[split] = length;
      length += own.length * BLOCK_POINTS;
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
