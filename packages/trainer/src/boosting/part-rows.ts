import {
  BIN_COUNTS,
  BLOCK_ROWS,
  COUNT,
  GO_LEFT,
  INDEX,
  IS_WHOLE,
  LEFT_COUNTS,
  SPARE,
  SPLIT_BINS,
  COLUMN_BINS,
  START,
} from '../kernels/job-layout.ts';
import { JOB } from './boosting-memory.ts';
import type { Desk } from './desk.ts';
import type { FoundSplit, TreeLeaf } from './tree-leaf.ts';

/**
 * Part a leaf's rows in the index: those that go left first, each side in its order.
 *
 * @returns how many go left.
 */
export function partRows(desk: Desk, leaf: TreeLeaf, split: FoundSplit): number {
  const { kernels } = desk.bench;
  const { unsigned } = desk.bench.memory;
  const { rowCount } = desk.layout;
  desk.write(JOB, SPLIT_BINS, chooseSides(desk, leaf, split));
  desk.write(JOB, START, leaf.start);
  desk.write(JOB, COUNT, leaf.count);
  desk.write(JOB, IS_WHOLE, leaf.count === rowCount ? 1 : 0);
  const begins = desk.crew.run('partitionRows', {
    extent: leaf.count,
    grain: 4 * BLOCK_ROWS,
    align: 1,
  });

  const index = desk.addressOf(INDEX) + 4 * leaf.start;
  const spare = desk.addressOf(SPARE) + 4 * leaf.start;
  const counts = desk.addressOf(LEFT_COUNTS) >>> 2;
  let left = 0;
  for (let part = 0; part + 1 < begins.length; part++) {
    const from = begins[part]!;
    const count = unsigned[counts + part]!;
    if (left !== from) kernels.copyWords(index + 4 * left, index + 4 * from, count);
    left += count;
  }
  let right = left;
  for (let part = 0; part + 1 < begins.length; part++) {
    const from = begins[part]!;
    const count = begins[part + 1]! - from - unsigned[counts + part]!;
    kernels.copyWords(index + 4 * right, spare + 4 * from, count);
    right += count;
  }
  return left;
}

/** Note which bins go left. @returns the address of the bins. */
function chooseSides(desk: Desk, leaf: TreeLeaf, split: FoundSplit): number {
  const { bytes, words } = desk.bench.memory;
  const { feature, places } = split;
  const { categories, column } = feature;
  const goLeft = desk.addressOf(GO_LEFT);
  const bins = desk.addressOf(COLUMN_BINS) + column * desk.layout.rowCount;
  bytes.fill(0, goLeft, goLeft + 256);
  if (categories === undefined) {
    const missingBin = words[(desk.addressOf(BIN_COUNTS) >>> 2) + column]!;
    bytes.fill(1, goLeft, goLeft + split.bin + 1);
    bytes[goLeft + missingBin] = split.missingLeft;
    return bins;
  }
  if (categories.placeOfRow === undefined) {
    for (const place of places) bytes[goLeft + place] = 1;
    return bins;
  }
  bytes[goLeft + 1] = 1;
  const { codes, placeOfRow } = categories;
  noteSides(desk, leaf, { places, placeOfRow, categoryCount: codes.length });
  return desk.layout.sides;
}

/** Note row by row which go left, where no one column of bins says so. */
function noteSides(
  desk: Desk,
  { start, count }: TreeLeaf,
  by: {
    readonly places: readonly number[];
    readonly placeOfRow: Int32Array;
    readonly categoryCount: number;
  },
): void {
  const { bytes, words } = desk.bench.memory;
  const { sides, rowCount } = desk.layout;
  const { placeOfRow } = by;
  const isLeft = new Uint8Array(by.categoryCount + 1);
  for (const place of by.places) isLeft[place] = 1;
  const index = (desk.addressOf(INDEX) >>> 2) + start;
  for (let i = 0; i < count; i++) {
    const row = count === rowCount ? i : words[index + i]!;
    bytes[sides + row] = isLeft[placeOfRow[row]!]!;
  }
}
