import { LAST_LEFT, MISSING_LEFT, MISSING_SIDE, TOTALS } from '../../forest-layout.ts';
import type { KernelMemory } from '../../kernel-memory.ts';

/** Take a cut down. Missing values that training has none of go to the heavier side. */
export function noteCut(
  { words, unsigned, doubles }: KernelMemory,
  job: number,
  cut: { readonly bin: number; readonly leftWeight: number },
): void {
  words[(job + LAST_LEFT) >>> 2] = cut.bin;
  const missingSide = words[(job + MISSING_SIDE) >>> 2]!;
  const weight = doubles[unsigned[(job + TOTALS) >>> 2]! >>> 3]!;
  words[(job + MISSING_LEFT) >>> 2] =
    missingSide < 0 ? Number(2 * cut.leftWeight > weight) : missingSide;
}
