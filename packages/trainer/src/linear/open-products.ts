import { compileKernels } from '../kernels/compile-kernels.ts';
import { openKernels } from '../kernels/open-kernels.ts';
import {
  PLAIN,
  PRODUCTS_JOB_BYTES,
  PRODUCT_ROWS,
  SCALED,
  SUMS,
  TILE_COLUMNS,
  WIDTH,
} from '../kernels/products-layout.ts';
import { reserveMemory } from '../kernels/reserve-memory.ts';
import type { Pace } from '../pace.ts';

/** Columns whose products are wanted. */
export interface ProductColumns {
  /** How many there are. */
  readonly width: number;
  readonly rowCount: number;
  /** Write the values of a column from the row `firstRow` on. */
  readonly fill: (into: Float64Array, column: number, firstRow: number) => void;
  /** One a row; left out: all 1. */
  readonly weights?: Float64Array;
}

/** Whole columns, as they are. */
export function wholeColumns(columns: readonly Float64Array[]): ProductColumns {
  return {
    width: columns.length,
    rowCount: columns[0]?.length ?? 0,
    fill: (into, column, firstRow) =>
      into.set(columns[column]!.subarray(firstRow, firstRow + into.length)),
  };
}

/** Columns that meet the others between two looks at the pace. */
const STRIP_COLUMNS = 4 * TILE_COLUMNS;

/** So many multiplications take as long as getting WebAssembly ready for them. */
const FEW_MULTIPLICATIONS = 1e6;

/** The sums over rows of `weight x columns[i] x columns[j]`: width x width, row-major. */
export type SumProducts = (columns: ProductColumns) => Promise<Float64Array>;

/**
 * Make what sums up products of columns, as often as it is asked to; each time of as many columns and
 * rows, with weights or without. The bits do not depend on whether the host has WebAssembly.
 *
 * @throws {TrainingMemoryError} where there is no room for the sums.
 */
export async function openProducts(
  { width, rowCount, weights }: ProductColumns,
  pace: Pace,
): Promise<SumProducts> {
  const tiled = Math.ceil(width / TILE_COLUMNS) * TILE_COLUMNS;
  const columnBytes = 8 * PRODUCT_ROWS * tiled;
  const plain = PRODUCTS_JOB_BYTES;
  const scaled = weights === undefined ? plain : plain + columnBytes;
  const sums = scaled + columnBytes;
  const isLittle = width * width * rowCount <= FEW_MULTIPLICATIONS;
  const module = isLittle ? undefined : await compileKernels();
  const need = { bytes: sums + 8 * tiled * tiled, rowCount, featureCount: width };
  const { kernels, memory } = openKernels(reserveMemory(need, module));
  const { doubles, unsigned } = memory;
  const parameters = [
    [PLAIN, plain],
    [SCALED, scaled],
    [SUMS, sums],
    [WIDTH, tiled],
  ] as const;
  for (const [at, value] of parameters) unsigned[at >>> 2] = value;
  const viewOf = (start: number) => (_: unknown, j: number) =>
    doubles.subarray((start >>> 3) + j * PRODUCT_ROWS, (start >>> 3) + (j + 1) * PRODUCT_ROWS);
  const block = {
    plain: Array.from({ length: width }, viewOf(plain)),
    scaled: Array.from({ length: width }, viewOf(scaled)),
  };
  const all = doubles.subarray(sums >>> 3, (sums >>> 3) + tiled * tiled);

  return async (columns) => {
    all.fill(0);
    for (let from = 0; from < rowCount; from += PRODUCT_ROWS) {
      const count = Math.min(PRODUCT_ROWS, rowCount - from);
      fillBlock(block, columns, { from, count });
      for (let first = 0; first < tiled; first += STRIP_COLUMNS) {
        const to = Math.min(first + STRIP_COLUMNS, tiled);
        kernels.sumProducts(0, first, to);
        if (pace.isDue((to - first) * to * PRODUCT_ROWS)) await pace.rest();
      }
    }
    return mirrored(all, { width, tiled });
  };
}

/** What some rows hold of each column, as it is and weighted: PRODUCT_ROWS numbers. */
interface Block {
  readonly plain: readonly Float64Array[];
  readonly scaled: readonly Float64Array[];
}

function fillBlock(
  { plain, scaled }: Block,
  { fill, weights }: ProductColumns,
  { from, count }: { readonly from: number; readonly count: number },
): void {
  for (let j = 0; j < plain.length; j++) {
    const values = plain[j]!;
    if (count < PRODUCT_ROWS) values.fill(0, count);
    fill(count < PRODUCT_ROWS ? values.subarray(0, count) : values, j, from);
    if (weights === undefined) continue;
    const weighted = scaled[j]!;
    for (let i = 0; i < count; i++) weighted[i] = weights[from + i]! * values[i]!;
    if (count < PRODUCT_ROWS) weighted.fill(0, count);
  }
}

/** The sums of the columns that there are, above the diagonal as below it. */
function mirrored(
  sums: Float64Array,
  { width, tiled }: { readonly width: number; readonly tiled: number },
): Float64Array {
  const products = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      products[i * width + j] = products[j * width + i] = sums[i * tiled + j]!;
    }
  }
  return products;
}
