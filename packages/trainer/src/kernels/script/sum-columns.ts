import {
  COLUMN_BINS,
  COUNT,
  FEATURES,
  FEATURE_HISTOGRAM_BYTES,
  HISTOGRAM,
  INDEX,
  IS_WHOLE,
  ORDERED,
  PACKED,
  ROWS,
  START,
} from '../job-layout.ts';
import type { KernelMemory } from '../kernel-memory.ts';

/** Fill the histograms of the features in use [from, to) from the column-major bins. */
export function sumColumns(memory: KernelMemory, job: number, from: number, to: number): void {
  const { bytes, unsigned, words } = memory;
  const features = unsigned[(job + FEATURES) >>> 2]! >>> 2;
  const rows = unsigned[(job + ROWS) >>> 2]!;
  const isWhole = words[(job + IS_WHOLE) >>> 2] !== 0;
  const count = isWhole ? rows : unsigned[(job + COUNT) >>> 2]!;
  const packed = unsigned[(job + (isWhole ? PACKED : ORDERED)) >>> 2]! >>> 2;
  const index = (unsigned[(job + INDEX) >>> 2]! >>> 2) + unsigned[(job + START) >>> 2]!;
  for (let at = from; at < to; at++) {
    const feature = words[features + at]!;
    const column = unsigned[(job + COLUMN_BINS) >>> 2]! + feature * rows;
    const start = unsigned[(job + HISTOGRAM) >>> 2]! + feature * FEATURE_HISTOGRAM_BYTES;
    bytes.fill(0, start, start + FEATURE_HISTOGRAM_BYTES);
    const histogram = start >>> 2;
    for (let n = 0; n < count; n++) {
      const row = isWhole ? n : words[index + n]!;
      const bin = histogram + 2 * bytes[column + row]!;
      words[bin]! += words[packed + 2 * n]!;
      words[bin + 1]! += words[packed + 2 * n + 1]!;
    }
  }
}
