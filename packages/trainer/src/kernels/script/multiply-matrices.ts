import type { KernelMemory } from '../kernel-memory.ts';
import {
  COLUMNS,
  FIRST,
  FIRST_ROW,
  FIRST_STEP,
  PRODUCT,
  PRODUCT_ROW,
  SECOND,
  SECOND_ROW,
  STEPS,
} from '../matrices-layout.ts';

/** Add the product of two matrices to the rows [from, to) of a third, each entry step by step. */
export function multiplyMatrices(
  memory: KernelMemory,
  job: number,
  from: number,
  to: number,
): void {
  const { doubles, unsigned } = memory;
  const parameter = (at: number) => unsigned[(job + at) >>> 2]!;
  const [first, firstRow, firstStep] = [FIRST, FIRST_ROW, FIRST_STEP].map(parameter);
  const [second, secondRow, steps] = [SECOND, SECOND_ROW, STEPS].map(parameter);
  const [product, productRow, columns] = [PRODUCT, PRODUCT_ROW, COLUMNS].map(parameter);
  for (let row = from; row < to; row++) {
    const sums = (product! + row * productRow!) >>> 3;
    for (let step = 0; step < steps!; step++) {
      const factor = doubles[(first! + row * firstRow! + step * firstStep!) >>> 3]!;
      const values = (second! + step * secondRow!) >>> 3;
      for (let column = 0; column < columns!; column++) {
        doubles[sums + column]! += factor * doubles[values + column]!;
      }
    }
  }
}
