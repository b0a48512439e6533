import { GO_LEFT, INDEX, IS_WHOLE, LEFT_COUNTS, SPARE, SPLIT_BINS, START } from '../job-layout.ts';
import type { KernelMemory } from '../kernel-memory.ts';

/** The rows of a node to part, and the block whose count is noted. */
export interface RowBlock {
  readonly from: number;
  readonly to: number;
  readonly block: number;
}

/** Part a block of the node's rows, left in the index and right in the spare one. */
export function partitionRows(memory: KernelMemory, job: number, rows: RowBlock): void {
  const { bytes, unsigned, words } = memory;
  const start = unsigned[(job + START) >>> 2]!;
  const bins = unsigned[(job + SPLIT_BINS) >>> 2]!;
  const goLeft = unsigned[(job + GO_LEFT) >>> 2]!;
  const isWhole = words[(job + IS_WHOLE) >>> 2] !== 0;
  const index = (unsigned[(job + INDEX) >>> 2]! >>> 2) + start;
  let left = index + rows.from;
  let right = (unsigned[(job + SPARE) >>> 2]! >>> 2) + start + rows.from;
  for (let i = rows.from; i < rows.to; i++) {
    const row = isWhole ? i : words[index + i]!;
    const step = bytes[goLeft + bytes[bins + row]!]!;
    words[left] = row;
    words[right] = row;
    left += step;
    right += 1 - step;
  }
  words[(unsigned[(job + LEFT_COUNTS) >>> 2]! >>> 2) + rows.block] = left - index - rows.from;
}
