import { INDEX, ORDERED, PACKED, START } from '../job-layout.ts';
import type { KernelMemory } from '../kernel-memory.ts';

/** Copy the packed gradients of the node's rows [from, to) to their places in the node's order. */
export function orderPacked(memory: KernelMemory, job: number, from: number, to: number): void {
  const { unsigned, words } = memory;
  const packed = unsigned[(job + PACKED) >>> 2]! >>> 2;
  const ordered = unsigned[(job + ORDERED) >>> 2]! >>> 2;
  const index = (unsigned[(job + INDEX) >>> 2]! >>> 2) + unsigned[(job + START) >>> 2]!;
  for (let i = from; i < to; i++) {
    const row = words[index + i]!;
    words[ordered + 2 * i] = words[packed + 2 * row]!;
    words[ordered + 2 * i + 1] = words[packed + 2 * row + 1]!;
  }
}
