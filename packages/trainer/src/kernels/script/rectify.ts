import type { KernelMemory } from '../kernel-memory.ts';

/** What is not above 0 becomes 0, and NaN stays; `count` doubles. */
export function rectify({ doubles }: KernelMemory, values: number, count: number): void {
  const start = values >>> 3;
  for (let at = start; at < start + count; at++) if (doubles[at]! <= 0) doubles[at] = 0;
}

/** Slopes become 0 where the values that were rectified are; `count` doubles. */
export function rectifySlopes(
  { doubles }: KernelMemory,
  slopes: number,
  values: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    if (!(doubles[(values >>> 3) + i]! > 0)) doubles[(slopes >>> 3) + i] = 0;
  }
}
