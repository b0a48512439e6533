import { INDEX, LEAF_STARTS, LEAF_VALUES, SCORES } from '../job-layout.ts';
import type { KernelMemory } from '../kernel-memory.ts';

/** Add to the scores of the indexed rows [from, to) the values of the leaves that they lie in. */
export function addLeafValues(memory: KernelMemory, job: number, from: number, to: number): void {
  const { unsigned, words, doubles } = memory;
  const starts = unsigned[(job + LEAF_STARTS) >>> 2]! >>> 2;
  const values = unsigned[(job + LEAF_VALUES) >>> 2]! >>> 3;
  const index = unsigned[(job + INDEX) >>> 2]! >>> 2;
  const scores = unsigned[(job + SCORES) >>> 2]! >>> 3;
  let leaf = 0;
  for (let at = from; at < to; at++) {
    while (words[starts + leaf + 1]! <= at) leaf++;
    doubles[scores + words[index + at]!]! += doubles[values + leaf]!;
  }
}
