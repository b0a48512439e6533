import {
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
  const { bytes, unsigned } = desk.bench.memory;
  const { rowCount } = desk.layout;
  const goLeft = desk.addressOf(GO_LEFT);
  bytes.fill(0, goLeft, goLeft + 256);
  bytes.fill(1, goLeft, goLeft + split.bin + 1);
  bytes[goLeft + split.missingBin] = split.missingLeft;
  const binStart = desk.addressOf(COLUMN_BINS) + split.feature * rowCount;
  desk.write(JOB, SPLIT_BINS, binStart);
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
