import type { PointBlock } from './point-blocks.ts';
import type { SplitTable } from './split-table.ts';

/** Points that one walk over a tree deals with: enough for paths of ten features. */
export const SCRIPT_POINTS = 5;

/** The row left the path at an ancestor already: the split tells nothing new about its feature. */
export const OFF_PATH = 2;

/** One tree, one row and one block of five points: what the two walks share. */
export interface SplitWalk {
  readonly table: SplitTable;
  /** First split of the tree, and how many it has. */
  readonly start: number;
  readonly count: number;
  readonly block: PointBlock;
  /** By split of the tree: the side the row turns to (0 left, 1 right), or OFF_PATH. */
  readonly turns: Uint8Array;
  /** Five numbers a split of the tree: its weight at each point. */
  readonly weights: Float64Array;
  /** By split of all trees: where its row of `inverses` for this block starts; -1 = no ancestor. */
  readonly inverseAt: Int32Array;
  /** 1 / (x + (1 - x) * shareAbove), what takes a feature's earlier splits out of a product. */
  readonly inverses: Float64Array;
  /** Added to each inverseAt. */
  readonly inverseShift: number;
}

/**
 * Walk down: the weight of every split at every point, which is the chance to come there times the
 * point's own weight. With chance x a feature is known, and the row goes its way; else it goes both
 * ways by share. The split's own feature is left out.
 *
 * Written out for five points: a loop over them takes one and a half times as long.
 */
export function spreadWeights(walk: SplitWalk): void {
  const { table, start, count, block, turns, weights, inverseAt, inverses, inverseShift } = walk;
  const { parent, side, ancestor, shareAbove, childShare } = table;
  const [x0, x1, x2, x3, x4] = block.points as unknown as Five;
  const [y0, y1, y2, y3, y4] = [1 - x0, 1 - x1, 1 - x2, 1 - x3, 1 - x4];
  weights.set(block.weights);
  for (let i = 1; i < count; i++) {
    const split = start + i;
    const above = parent[split]!;
    const share = childShare[2 * (start + above) + side[split]!]!;
    const turn = turns[above]!;
    const isOff = turn === OFF_PATH;
    const unknown = isOff ? share : share * shareAbove[start + above]!;
    const known = isOff ? share : Number(turn === side[split]);
    const to = 5 * i;
    const from = 5 * above;
    weights[to] = weights[from]! * (unknown * y0 + known * x0);
    weights[to + 1] = weights[from + 1]! * (unknown * y1 + known * x1);
    weights[to + 2] = weights[from + 2]! * (unknown * y2 + known * x2);
    weights[to + 3] = weights[from + 3]! * (unknown * y3 + known * x3);
    weights[to + 4] = weights[from + 4]! * (unknown * y4 + known * x4);
    if (ancestor[split]! >= 0 && turns[i] !== OFF_PATH) {
      const inverse = inverseAt[split]! + inverseShift;
      weights[to]! *= inverses[inverse]!;
      weights[to + 1]! *= inverses[inverse + 1]!;
      weights[to + 2]! *= inverses[inverse + 2]!;
      weights[to + 3]! *= inverses[inverse + 3]!;
      weights[to + 4]! *= inverses[inverse + 4]!;
    }
  }
}

type Five = readonly [number, number, number, number, number];

/** Where the walk up takes its leaves from and puts what it finds; for one output. */
export interface Collection {
  /** By child: a leaf's value; 0 for a split. */
  readonly childValues: Float64Array;
  /** By child: where a split's row of `scores` starts; a row of zeros for a leaf. */
  readonly childRow: Int32Array;
  /** Five numbers a split of the tree: the expected score below it at each point; then a row of zeros. */
  readonly scores: Float64Array;
  /** The contribution of feature f is at `contributionStart + f * contributionStep`; added to. */
  readonly contributions: Float64Array;
  readonly contributionStart: number;
  readonly contributionStep: number;
}

/**
 * Walk up: the expected score below every split at every point, and what knowing the split's
 * feature changes: the score of the side the row turns to, less that of the other, times the other
 * side's share and the split's weight.
 */
export function collectContributions(walk: SplitWalk, collection: Collection): void {
  const { table, start, count, block, turns, weights, inverseAt, inverses, inverseShift } = walk;
  const { feature, ancestor, shareAbove, childShare } = table;
  const { childValues, childRow, scores, contributions } = collection;
  const { contributionStart, contributionStep } = collection;
  const [x0, x1, x2, x3, x4] = block.points as unknown as Five;
  const [y0, y1, y2, y3, y4] = [1 - x0, 1 - x1, 1 - x2, 1 - x3, 1 - x4];
  for (let i = count - 1; i >= 0; i--) {
    const split = start + i;
    const turn = turns[i]!;
    const to = 5 * i;
    // Off the path nothing is left to know, and either child may stand for the near one.
    const isOff = turn === OFF_PATH;
    const near = 2 * split + (isOff ? 0 : turn);
    const far = 4 * split + 1 - near;
    const nearRow = childRow[near]!;
    const farRow = childRow[far]!;
    const nearValue = childValues[near]!;
    const gap = nearValue - childValues[far]!;
    const farShare = childShare[far]!;
    const s0 = scores[nearRow]!;
    const s1 = scores[nearRow + 1]!;
    const s2 = scores[nearRow + 2]!;
    const s3 = scores[nearRow + 3]!;
    const s4 = scores[nearRow + 4]!;
    let d0 = farShare * (gap + s0 - scores[farRow]!);
    let d1 = farShare * (gap + s1 - scores[farRow + 1]!);
    let d2 = farShare * (gap + s2 - scores[farRow + 2]!);
    let d3 = farShare * (gap + s3 - scores[farRow + 3]!);
    let d4 = farShare * (gap + s4 - scores[farRow + 4]!);
    if (isOff) {
      scores[to] = nearValue + s0 - d0;
      scores[to + 1] = nearValue + s1 - d1;
      scores[to + 2] = nearValue + s2 - d2;
      scores[to + 3] = nearValue + s3 - d3;
      scores[to + 4] = nearValue + s4 - d4;
      continue;
    }
    if (ancestor[split]! >= 0) {
      const inverse = inverseAt[split]! + inverseShift;
      const above = shareAbove[split]!;
      d0 *= above * inverses[inverse]!;
      d1 *= above * inverses[inverse + 1]!;
      d2 *= above * inverses[inverse + 2]!;
      d3 *= above * inverses[inverse + 3]!;
      d4 *= above * inverses[inverse + 4]!;
    }
    scores[to] = nearValue + s0 - y0 * d0;
    scores[to + 1] = nearValue + s1 - y1 * d1;
    scores[to + 2] = nearValue + s2 - y2 * d2;
    scores[to + 3] = nearValue + s3 - y3 * d3;
    scores[to + 4] = nearValue + s4 - y4 * d4;
    contributions[contributionStart + feature[split]! * contributionStep]! +=
      weights[to]! * d0 +
      weights[to + 1]! * d1 +
      weights[to + 2]! * d2 +
      weights[to + 3]! * d3 +
      weights[to + 4]! * d4;
  }
}
