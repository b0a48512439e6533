import { BLOCK_ROWS, SCORES, TARGETS } from '../job-layout.ts';
import type { KernelMemory } from '../kernel-memory.ts';
import { exponential } from './exponential.ts';
import { packGradients } from './pack-gradients.ts';

/** Gradients of the log loss by log odds. */
export function writeLogisticGradients(
  memory: KernelMemory,
  job: number,
  from: number,
  to: number,
): void {
  const { unsigned, doubles } = memory;
  const scores = unsigned[(job + SCORES) >>> 2]! >>> 3;
  const targets = unsigned[(job + TARGETS) >>> 2]! >>> 3;
  const gradients = new Float64Array(BLOCK_ROWS);
  const hessians = new Float64Array(BLOCK_ROWS);
  for (let block = from; block < to; block += BLOCK_ROWS) {
    const end = Math.min(block + BLOCK_ROWS, to);
    for (let row = block; row < end; row++) {
      const score = Math.min(Math.max(doubles[scores + row]!, -700), 700);
      const probability = 1 / (1 + exponential(-score));
      gradients[row - block] = probability - doubles[targets + row]!;
      hessians[row - block] = probability * (1 - probability);
    }
    packGradients(memory, job, { from: block, to: end, gradients, hessians });
  }
}

/** Gradients of half the squared error. */
export function writeSquaredGradients(
  memory: KernelMemory,
  job: number,
  from: number,
  to: number,
): void {
  const { unsigned, doubles } = memory;
  const scores = unsigned[(job + SCORES) >>> 2]! >>> 3;
  const targets = unsigned[(job + TARGETS) >>> 2]! >>> 3;
  const gradients = new Float64Array(BLOCK_ROWS);
  const hessians = new Float64Array(BLOCK_ROWS).fill(1);
  for (let block = from; block < to; block += BLOCK_ROWS) {
    const end = Math.min(block + BLOCK_ROWS, to);
    for (let row = block; row < end; row++) {
      gradients[row - block] = doubles[scores + row]! - doubles[targets + row]!;
    }
    packGradients(memory, job, { from: block, to: end, gradients, hessians });
  }
}
