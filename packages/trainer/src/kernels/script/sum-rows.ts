import {
  COUNT,
  FEATURE_HISTOGRAM_BYTES,
  HISTOGRAM,
  INDEX,
  ORDERED,
  ROW_BINS,
  START,
  STRIDE,
} from '../job-layout.ts';
import type { KernelMemory } from '../kernel-memory.ts';

/** Fill the histograms of the features [from, to) from the row-major bins. */
export function sumRows(memory: KernelMemory, job: number, from: number, to: number): void {
  const { bytes, unsigned, words } = memory;
  const stride = unsigned[(job + STRIDE) >>> 2]!;
  const bins = unsigned[(job + ROW_BINS) >>> 2]!;
  const packed = unsigned[(job + ORDERED) >>> 2]! >>> 2;
  const index = (unsigned[(job + INDEX) >>> 2]! >>> 2) + unsigned[(job + START) >>> 2]!;
  const count = unsigned[(job + COUNT) >>> 2]!;
  const histogram = unsigned[(job + HISTOGRAM) >>> 2]!;
  bytes.fill(
    0,
    histogram + from * FEATURE_HISTOGRAM_BYTES,
    histogram + to * FEATURE_HISTOGRAM_BYTES,
  );
  for (let n = 0; n < count; n++) {
    const row = bins + words[index + n]! * stride;
    const low = words[packed + 2 * n]!;
    const high = words[packed + 2 * n + 1]!;
    for (let feature = from; feature < to; feature++) {
      const bin = (histogram >>> 2) + 512 * feature + 2 * bytes[row + feature]!;
      words[bin]! += low;
      words[bin + 1]! += high;
    }
  }
}
