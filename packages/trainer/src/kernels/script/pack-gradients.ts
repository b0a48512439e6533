import {
  BLOCK_ROWS,
  BLOCK_SUMS,
  DITHER_KEY,
  GRADIENT_SCALE,
  HESSIAN_SCALE,
  PACKED,
  ROWS,
  WEIGHTS,
  WHOLE_WEIGHTS,
} from '../job-layout.ts';
import type { KernelMemory } from '../kernel-memory.ts';
import { ROUNDER } from '../rounder.ts';

/** Gradients of a block of rows, the first row's first; not weighted. */
export interface GradientBlock {
  readonly from: number;
  readonly to: number;
  readonly gradients: Float64Array;
  /** Not negative. */
  readonly hessians: Float64Array;
  /** Which output of the model they are of; default 0. */
  readonly output?: number;
}

/**
 * Weigh the gradients of a block of rows, round them to fixed point, pack them, and note their sums:
 * of |gradients| and hessians before the rounding, of gradients and hessians after it. A row's hessian is at least one level, so that no row weighs nothing.
 */
export function packGradients(memory: KernelMemory, job: number, block: GradientBlock): void {
  const { unsigned, words, doubles } = memory;
  const { from, to, output = 0 } = block;
  const rows = unsigned[(job + ROWS) >>> 2]!;
  const weights = unsigned[(job + WEIGHTS) >>> 2]! >>> 3;
  const packed = (unsigned[(job + PACKED) >>> 2]! >>> 2) + 2 * rows * output;
  const isWhole = words[(job + WHOLE_WEIGHTS) >>> 2] !== 0;
  const key = words[(job + DITHER_KEY) >>> 2]!;
  const gradientScale = doubles[(job + GRADIENT_SCALE) >>> 3]!;
  const hessianScale = doubles[(job + HESSIAN_SCALE) >>> 3]!;
  // Rows an odd number after the first are summed apart, as the kernel's second lane does.
  const gradients = [0, 0] as [number, number];
  const hessians = [0, 0] as [number, number];
  let gradientLevels = 0;
  let hessianLevels = 0;
  for (let row = from; row < to; row++) {
    const gradient = block.gradients[row - from]!;
    const hessian = block.hessians[row - from]!;
    const weight = weights === 0 ? 1 : doubles[weights + row]!;
    const lane = ((row - from) & 1) as 0 | 1;
    gradients[lane] += Math.abs(gradient) * weight;
    hessians[lane] += hessian * weight;
    const inner = isWhole ? 1 : weight;
    const outer = isWhole ? weight : 1;
    const nudge = key === 0 ? 0 : chance(row, key);
    const scaled = gradient * gradientScale * inner + nudge + ROUNDER - ROUNDER;
    const stretched = Math.max(hessian * hessianScale * inner + nudge + ROUNDER - ROUNDER, 1);
    gradientLevels += scaled * outer;
    hessianLevels += stretched * outer;
    words[packed + 2 * row] = stretched * outer;
    words[packed + 2 * row + 1] = scaled * outer;
  }
  const blockNumber = output * Math.ceil(rows / BLOCK_ROWS) + Math.floor(from / BLOCK_ROWS);
  const sums = (unsigned[(job + BLOCK_SUMS) >>> 2]! >>> 3) + 4 * blockNumber;
  doubles[sums] = gradients[0] + gradients[1];
  doubles[sums + 1] = hessians[0] + hessians[1];
  doubles[sums + 2] = gradientLevels;
  doubles[sums + 3] = hessianLevels;
}

/** A number in [-0.5, 0.5) that depends on nothing but row and key. */
function chance(row: number, key: number): number {
  let mixed = (Math.imul(row, 0x9e3779b1) + key) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  return (mixed >>> 0) * 2.3283064365386963e-10 - 0.5;
}
