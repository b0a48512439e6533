import type { Random } from '@gnu-mlops/core';

/** Draws features without replacement, one urn for all nodes of a tree. */
export interface FeatureUrn {
  /** Put everything back and draw with `random` from now on. */
  refill(random: Random): void;
  /** The next feature. Call at most `featureCount` times between refills. */
  draw(): number;
}

/** @param featureCount features in the urn: 0 to featureCount - 1. */
export function createFeatureUrn(featureCount: number): FeatureUrn {
  const order = Int32Array.from({ length: featureCount }, (_, feature) => feature);
  const swappedWith = new Int32Array(featureCount);
  let drawn = 0;
  let random: Random;

  function refill(nextRandom: Random): void {
    // Undoing the swaps costs as much as the draws did; rewriting the order would cost every feature.
    while (drawn > 0) swap(--drawn, swappedWith[drawn]!);
    random = nextRandom;
  }
  function draw(): number {
    const other = drawn + random.nextInt(featureCount - drawn);
    swap(drawn, other);
    swappedWith[drawn] = other;
    return order[drawn++]!;
  }
  function swap(i: number, j: number): void {
    const held = order[i]!;
    order[i] = order[j]!;
    order[j] = held;
  }
  return { refill, draw };
}
