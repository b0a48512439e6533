import type { KernelMemory } from '../kernel-memory.ts';
import { PLAIN, PRODUCT_ROWS, SCALED, SUMS, TILE_COLUMNS, WIDTH } from '../products-layout.ts';

/**
 * Add to the sums what the rows hold for the columns [from, to) and all columns up to them. Even and odd
 * rows are summed apart, as lanes of WebAssembly do.
 */
export function sumProducts(memory: KernelMemory, job: number, from: number, to: number): void {
  const { doubles, unsigned } = memory;
  const plain = unsigned[(job + PLAIN) >>> 2]! >>> 3;
  const scaled = unsigned[(job + SCALED) >>> 2]! >>> 3;
  const sums = unsigned[(job + SUMS) >>> 2]! >>> 3;
  const width = unsigned[(job + WIDTH) >>> 2]!;
  for (let i = from; i < to; i++) {
    const own = scaled + i * PRODUCT_ROWS;
    const end = i - (i % TILE_COLUMNS) + TILE_COLUMNS;
    for (let j = 0; j < end; j += 2) {
      sumPair(doubles, { own, other: plain + j * PRODUCT_ROWS, sum: sums + i * width + j });
    }
  }
}

/** One column meets two others, which are read as fast as one. */
function sumPair(
  doubles: Float64Array,
  { own, other, sum }: { readonly own: number; readonly other: number; readonly sum: number },
): void {
  let evenFirst = 0;
  let oddFirst = 0;
  let evenSecond = 0;
  let oddSecond = 0;
  const second = other + PRODUCT_ROWS;
  for (let row = 0; row < PRODUCT_ROWS; row += 2) {
    const even = doubles[own + row]!;
    const odd = doubles[own + row + 1]!;
    evenFirst += even * doubles[other + row]!;
    oddFirst += odd * doubles[other + row + 1]!;
    evenSecond += even * doubles[second + row]!;
    oddSecond += odd * doubles[second + row + 1]!;
  }
  doubles[sum]! += evenFirst + oddFirst;
  doubles[sum + 1]! += evenSecond + oddSecond;
}
