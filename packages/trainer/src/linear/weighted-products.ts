import type { Pace } from '../pace.ts';

/** Rows that are summed before the next: what they hold of all columns stays in the nearest cache. */
const BLOCK_ROWS = 256;

/** Columns that meet the others between two looks at the pace; an even number. */
const STRIP_COLUMNS = 64;

/**
 * The sums over rows of `weights x columns[i] x columns[j]`: columns x columns, row-major. Two columns
 * meet two others at a time, so that each number that is loaded is used twice.
 */
export async function weightedProducts(
  columns: readonly Float64Array[],
  weights: Float64Array,
  pace: Pace,
): Promise<Float64Array> {
  const width = columns.length;
  const even = width + (width % 2);
  const block: Block = {
    plain: new Float64Array(even * BLOCK_ROWS),
    scaled: new Float64Array(even * BLOCK_ROWS),
    sums: new Float64Array(even * even),
    even,
  };
  for (let from = 0; from < weights.length; from += BLOCK_ROWS) {
    const rows = { from, count: Math.min(BLOCK_ROWS, weights.length - from) };
    fillBlock(block, { columns, weights }, rows);
    for (let first = 0; first < even; first += STRIP_COLUMNS) {
      const to = Math.min(first + STRIP_COLUMNS, even);
      addStrip(block, { first, to, count: rows.count });
      if (pace.isDue((to - first) * to * rows.count)) await pace.rest();
    }
  }
  return mirrored(block.sums, { width, even });
}

/** What some rows hold of an even number of columns, as they are and weighted, and all sums so far. */
interface Block {
  readonly plain: Float64Array;
  readonly scaled: Float64Array;
  readonly sums: Float64Array;
  readonly even: number;
}

function fillBlock(
  { plain, scaled }: Block,
  { columns, weights }: { columns: readonly Float64Array[]; weights: Float64Array },
  { from, count }: { from: number; count: number },
): void {
  for (let j = 0; j < columns.length; j++) {
    const column = columns[j]!;
    const start = j * BLOCK_ROWS;
    for (let row = 0; row < count; row++) {
      const value = column[from + row]!;
      plain[start + row] = value;
      scaled[start + row] = weights[from + row]! * value;
    }
  }
}

/** Let the columns from `first` to before `to` meet all others up to themselves. */
function addStrip(
  block: Block,
  { first, to, count }: { first: number; to: number; count: number },
): void {
  for (let i = first; i < to; i += 2) {
    for (let j = 0; j <= i; j += 2) addProducts(block, { count, i, j });
  }
}

interface Tile {
  readonly count: number;
  readonly i: number;
  readonly j: number;
}

function addProducts({ plain, scaled, sums, even }: Block, { count, i, j }: Tile): void {
  let ii = 0;
  let ij = 0;
  let ji = 0;
  let jj = 0;
  const a = i * BLOCK_ROWS;
  const b = j * BLOCK_ROWS;
  for (let row = 0; row < count; row++) {
    const a0 = scaled[a + row]!;
    const a1 = scaled[a + BLOCK_ROWS + row]!;
    const b0 = plain[b + row]!;
    const b1 = plain[b + BLOCK_ROWS + row]!;
    ii += a0 * b0;
    ij += a0 * b1;
    ji += a1 * b0;
    jj += a1 * b1;
  }
  sums[i * even + j]! += ii;
  sums[i * even + j + 1]! += ij;
  sums[(i + 1) * even + j]! += ji;
  sums[(i + 1) * even + j + 1]! += jj;
}

/** The sums of the columns that there are, above the diagonal as below it. */
function mirrored(
  sums: Float64Array,
  { width, even }: { width: number; even: number },
): Float64Array {
  const products = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      products[i * width + j] = products[j * width + i] = sums[i * even + j]!;
    }
  }
  return products;
}
