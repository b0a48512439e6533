import { BIN_TOPS, COLUMN_BINS, MISSING_BIN, VALUES } from '../job-layout.ts';
import type { KernelMemory } from '../kernel-memory.ts';

/** Write the bins of the values of the rows [from, to): the first bin whose top is not below. */
export function binValues(memory: KernelMemory, job: number, from: number, to: number): void {
  const { bytes, unsigned, doubles } = memory;
  const values = unsigned[(job + VALUES) >>> 2]! >>> 3;
  const tops = unsigned[(job + BIN_TOPS) >>> 2]! >>> 3;
  const bins = unsigned[(job + COLUMN_BINS) >>> 2]!;
  const missing = unsigned[(job + MISSING_BIN) >>> 2]!;
  for (let row = from; row < to; row++) {
    const value = doubles[values + row]!;
    let at = tops;
    for (let half = 128; half > 0; half >>= 1) if (value > doubles[at + half - 1]!) at += half;
    bytes[bins + row] = value === value ? at - tops : missing;
  }
}
