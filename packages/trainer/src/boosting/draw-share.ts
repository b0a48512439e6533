import type { Random } from '@gnu-mlops/core';

/** Draw a share of the numbers below `count`, at least one, each set equally likely; ascending. */
export function drawShare(count: number, share: number, random: Random): Int32Array {
  if (share >= 1) return Int32Array.from({ length: count }, (_, i) => i);
  const wanted = Math.max(1, Math.round(count * share));
  const drawn = new Int32Array(wanted);
  let taken = 0;
  for (let i = 0; i < count && taken < wanted; i++) {
    if (random.nextFloat() * (count - i) < wanted - taken) drawn[taken++] = i;
  }
  return drawn;
}
