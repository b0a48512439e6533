import { createRandom } from '@gnu-mlops/core';
import {
  BATCH,
  DRAWN,
  FEATURES_PER_SPLIT,
  FEATURE_COUNT,
  KIND,
  NODE,
  PAIRS,
  SCORE,
  SEED,
  SPLIT_FEATURE,
  SWAPS,
  TOTALS,
  TREE,
  URN,
} from '../../forest-layout.ts';
import type { KernelMemory } from '../../kernel-memory.ts';
import { sideScore } from './scan-classes.ts';
import { scanFeature } from './scan-feature.ts';
import { sumBins } from './sum-bins.ts';

/** Find the best split of the job's node over features drawn for it, until not all are constant. */
export function searchNode(memory: KernelMemory, job: number): void {
  const { words, unsigned, doubles } = memory;
  const isPairs = words[(job + KIND) >>> 2] === PAIRS;
  const featureCount = unsigned[(job + FEATURE_COUNT) >>> 2]!;
  const perSplit = unsigned[(job + FEATURES_PER_SPLIT) >>> 2]!;
  words[(job + SPLIT_FEATURE) >>> 2] = -1;
  doubles[(job + SCORE) >>> 3] = isPairs ? -1 : -Infinity;
  refillUrn(memory, job);
  const urn = unsigned[(job + URN) >>> 2]! >>> 2;
  const random = createRandom(
    doubles[(job + SEED) >>> 3]!,
    unsigned[(job + TREE) >>> 2]!,
    unsigned[(job + NODE) >>> 2]!,
  );
  let seen = 0;
  let constants = 0;
  while (seen < featureCount && (seen < perSplit || seen === constants)) {
    const width = seen < perSplit ? Math.min(BATCH, perSplit - seen) : 1;
    for (let place = 0; place < width; place++) {
      const drawn = seen + place;
      const other = drawn + random.nextInt(featureCount - drawn);
      words[(unsigned[(job + SWAPS) >>> 2]! >>> 2) + drawn] = other;
      swap(words, urn + drawn, urn + other);
      words[(job + DRAWN) >>> 2] = drawn + 1;
      sumBins(memory, job, { feature: words[urn + drawn]!, place });
    }
    for (let place = 0; place < width; place++) {
      const feature = words[urn + seen + place]!;
      constants += Number(scanFeature(memory, job, { feature, place }));
    }
    seen += width;
  }
  if (words[(job + SPLIT_FEATURE) >>> 2]! < 0) return;
  const totals = unsigned[(job + TOTALS) >>> 2]! >>> 3;
  const score = doubles[(job + SCORE) >>> 3]!;
  const gain = isPairs
    ? score / doubles[totals]!
    : score - sideScore(memory, job, { sums: totals });
  doubles[(job + SCORE) >>> 3] = Math.max(0, gain);
}

/** Put all features back to their places. */
function refillUrn({ words, unsigned }: KernelMemory, job: number): void {
  const urn = unsigned[(job + URN) >>> 2]! >>> 2;
  const swaps = unsigned[(job + SWAPS) >>> 2]! >>> 2;
  for (let drawn = words[(job + DRAWN) >>> 2]!; drawn > 0; drawn--) {
    swap(words, urn + drawn - 1, urn + words[swaps + drawn - 1]!);
  }
  words[(job + DRAWN) >>> 2] = 0;
}

function swap(words: Int32Array, i: number, j: number): void {
  const held = words[i]!;
  words[i] = words[j]!;
  words[j] = held;
}
