import { LAST_LEFT, MISSING_LEFT, TOTALS } from '../../forest-layout.ts';
import type { KernelMemory } from '../../kernel-memory.ts';

/** Take a cut down. Missing values that training has none of go to the heavier side. */
export function noteCut(
  { words, unsigned, doubles }: KernelMemory,
  job: number,
  cut: { readonly bin: number; readonly missingLeft: number; readonly leftWeight: number },
): void {
  words[(job + LAST_LEFT) >>> 2] = cut.bin;
  const weight = doubles[unsigned[(job + TOTALS) >>> 2]! >>> 3]!;
  words[(job + MISSING_LEFT) >>> 2] =
    cut.missingLeft < 0 ? Number(2 * cut.leftWeight > weight) : cut.missingLeft;
}
