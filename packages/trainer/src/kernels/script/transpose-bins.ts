import { COLUMN_BINS, ROWS, ROW_BINS, STRIDE } from '../job-layout.ts';
import type { KernelMemory } from '../kernel-memory.ts';

/** Copy the column-major bins of the rows [from, to) to the row-major ones. */
export function transposeBins(memory: KernelMemory, job: number, from: number, to: number): void {
  const { bytes, unsigned } = memory;
  const rows = unsigned[(job + ROWS) >>> 2]!;
  const stride = unsigned[(job + STRIDE) >>> 2]!;
  const columnBins = unsigned[(job + COLUMN_BINS) >>> 2]!;
  const rowBins = unsigned[(job + ROW_BINS) >>> 2]!;
  for (let feature = 0; feature < stride; feature++) {
    const column = columnBins + feature * rows;
    for (let row = from; row < to; row++) {
      bytes[rowBins + row * stride + feature] = bytes[column + row]!;
    }
  }
}
