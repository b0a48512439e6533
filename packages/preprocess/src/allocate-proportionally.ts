import { type Random, shuffle } from '@gnu-mlops/core';

/**
 * Share out `total` draws over classes in proportion to their counts: each gets its share rounded
 * down, and what is left goes to the largest remainders; equal remainders are drawn by lot.
 *
 * @param counts rows of each class; `total` is at most their sum.
 * @returns draws of each class, at most its count; they sum to `total`.
 * @see scikit-learn `_approximate_mode`, which StratifiedShuffleSplit uses.
 */
export function allocateProportionally(
  counts: readonly number[],
  total: number,
  random: Random,
): number[] {
  const sum = counts.reduce((all, count) => all + count, 0);
  const draws = counts.map((count) => Math.floor((count * total) / sum));
  const remainders = counts.map((count) => (count * total) % sum);
  let left = draws.reduce((rest, drawn) => rest - drawn, total);
  const byLot = shuffle([...counts.keys()], random);
  byLot.sort((a, b) => remainders[b]! - remainders[a]!);
  for (const i of byLot) {
    if (left-- <= 0) break;
    draws[i]!++;
  }
  return draws;
}
