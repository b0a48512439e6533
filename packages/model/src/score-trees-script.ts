import type { BlockScorer } from './block-scorer.ts';
import { isInCategorySet } from './category-sets.ts';
import type { TreeEnsemble } from './estimator.ts';
import { finishSums } from './finish-sums.ts';
import { type PackedTrees, packTrees } from './pack-trees.ts';
import { type RowBlock, widenedWidth, widenRows } from './widen-rows.ts';

/** Four walks down, each with its own row and tree. */
interface Lanes {
  /** Where each lane's widened row starts. */
  readonly rowStart: Int32Array;
  /** Each lane's node; a root before the walk, a leaf after it. */
  readonly node: Int32Array;
}

/** Numbers of the widened rows that are worked on together: about what a cache holds. */
const BLOCK_NUMBERS = 16_384;

/**
 * Prepare the raw scores (before the link) of a checked ensemble in plain TypeScript. Several rows
 * walk down one tree side by side, or one row walks down several trees; either way each row's sum
 * takes the trees in order, so the bits are those of `scoreReference`.
 */
export function createScriptScorer(trees: TreeEnsemble): BlockScorer {
  const packed = packTrees(trees);
  const { outputCount } = trees;
  const lanes: Lanes = { rowStart: new Int32Array(4), node: new Int32Array(4) };
  let widened = new Float64Array(0);
  let sums = new Float64Array(0);

  function addTrees(block: RowBlock, width: number): void {
    const { rowCount } = block;
    if (widened.length < width * rowCount) widened = new Float64Array(width * rowCount);
    if (sums.length < rowCount * outputCount) sums = new Float64Array(rowCount * outputCount);
    widenRows(block, widened);
    sums.fill(0, 0, rowCount * outputCount);
    const sum = { trees, packed, lanes, widened, width, raw: sums };
    if (rowCount >= 4) sumRowsTreeByTree(sum, rowCount);
    else for (let row = 0; row < rowCount; row++) sumTreesOfRow(sum, row);
  }

  return ({ columns, firstRow, rowCount }, raw) => {
    const width = widenedWidth(columns.length);
    const most = Math.max(16, Math.floor(BLOCK_NUMBERS / width));
    for (let done = 0; done < rowCount; done += most) {
      const count = Math.min(most, rowCount - done);
      addTrees({ columns, firstRow: firstRow + done, rowCount: count }, width);
      finishSums(trees, { sums, from: 0, raw, to: done * outputCount, rowCount: count });
    }
  };
}

interface Sum {
  readonly trees: TreeEnsemble;
  readonly packed: PackedTrees;
  readonly lanes: Lanes;
  readonly widened: Float64Array;
  readonly width: number;
  readonly raw: Float64Array;
}

function sumRowsTreeByTree(sum: Sum, rowCount: number): void {
  const { trees, packed, lanes, width, raw } = sum;
  const { outputCount, leafValues } = trees;
  for (const root of packed.roots) {
    for (let first = 0; first < rowCount; first += 4) {
      const laneCount = Math.min(4, rowCount - first);
      for (let lane = 0; lane < 4; lane++) {
        lanes.rowStart[lane] = (first + Math.min(lane, laneCount - 1)) * width;
        lanes.node[lane] = root;
      }
      walk(sum);
      for (let lane = 0; lane < laneCount; lane++) {
        const from = packed.leafStart[lanes.node[lane]!]!;
        const to = (first + lane) * outputCount;
        for (let k = 0; k < outputCount; k++) raw[to + k]! += leafValues[from + k]!;
      }
    }
  }
}

function sumTreesOfRow(sum: Sum, row: number): void {
  const { trees, packed, lanes, width, raw } = sum;
  const { outputCount, leafValues } = trees;
  const to = row * outputCount;
  lanes.rowStart.fill(row * width);
  for (let first = 0; first < packed.roots.length; first += 4) {
    const laneCount = Math.min(4, packed.roots.length - first);
    for (let lane = 0; lane < 4; lane++) {
      lanes.node[lane] = packed.roots[first + Math.min(lane, laneCount - 1)]!;
    }
    walk(sum);
    for (let lane = 0; lane < laneCount; lane++) {
      const from = packed.leafStart[lanes.node[lane]!]!;
      for (let k = 0; k < outputCount; k++) raw[to + k]! += leafValues[from + k]!;
    }
  }
}

function walk({ trees, packed, widened, lanes }: Sum): void {
  if (trees.categorySets === undefined) return walkDown(packed, widened, lanes);
  for (let lane = 0; lane < 4; lane++) walkLaneDown({ trees, packed, widened, lanes }, lane);
}

/** Walk one lane to its leaf through splits of both kinds. */
function walkLaneDown(
  { trees, packed, widened, lanes }: Pick<Sum, 'trees' | 'packed' | 'widened' | 'lanes'>,
  lane: number,
): void {
  const { valueIndex, threshold, firstChild, leafStart } = packed;
  const setOf = packed.setOf!;
  const sets = trees.categorySets!;
  const rowStart = lanes.rowStart[lane]!;
  let node = lanes.node[lane]!;
  while (leafStart[node]! < 0) {
    const value = widened[rowStart + valueIndex[node]!]!;
    const set = setOf[node]!;
    // A missing value that goes left comes as -Infinity, which is in no set.
    const goesLeft =
      set < 0
        ? value <= threshold[node]!
        : isInCategorySet(sets, set, value) || isMissingLeft(widened, rowStart, valueIndex[node]!);
    node = firstChild[node]! + Number(!goesLeft);
  }
  lanes.node[lane] = node;
}

/** The odd places of a widened row have -Infinity for NaN; the even ones before them keep it. */
function isMissingLeft(widened: Float64Array, rowStart: number, valueIndex: number): boolean {
  return (valueIndex & 1) === 1 && Number.isNaN(widened[rowStart + valueIndex - 1]);
}

/**
 * Walk four lanes to their leaves at once. Written out and without a branch on the data: a
 * processor guesses half of such branches wrong, and waits for one lane's memory while it works on
 * another's; this makes scoring three times as fast as one walk after another.
 */
function walkDown(packed: PackedTrees, widened: Float64Array, lanes: Lanes): void {
  const { valueIndex, threshold, firstChild, leafStart } = packed;
  const { rowStart, node } = lanes;
  const row0 = rowStart[0]!;
  const row1 = rowStart[1]!;
  const row2 = rowStart[2]!;
  const row3 = rowStart[3]!;
  let n0 = node[0]!;
  let n1 = node[1]!;
  let n2 = node[2]!;
  let n3 = node[3]!;
  do {
    n0 = firstChild[n0]! + Number(!(widened[row0 + valueIndex[n0]!]! <= threshold[n0]!));
    n1 = firstChild[n1]! + Number(!(widened[row1 + valueIndex[n1]!]! <= threshold[n1]!));
    n2 = firstChild[n2]! + Number(!(widened[row2 + valueIndex[n2]!]! <= threshold[n2]!));
    n3 = firstChild[n3]! + Number(!(widened[row3 + valueIndex[n3]!]! <= threshold[n3]!));
  } while ((leafStart[n0]! | leafStart[n1]! | leafStart[n2]! | leafStart[n3]!) < 0);
  node[0] = n0;
  node[1] = n1;
  node[2] = n2;
  node[3] = n3;
}
