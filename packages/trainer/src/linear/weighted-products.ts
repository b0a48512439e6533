/** Rows that are summed before the next: what they hold of all columns stays in the nearest cache. */
const BLOCK_ROWS = 256;

/**
 * The sums over rows of `weights x columns[i] x columns[j]`: columns x columns, row-major. Two columns
 * meet two others at a time, so that each number that is loaded is used twice.
 */
export function weightedProducts(
  columns: readonly Float64Array[],
  weights: Float64Array,
): Float64Array {
  const width = columns.length;
  const even = width + (width % 2);
  const sums = new Float64Array(even * even);
  const plain = new Float64Array(even * BLOCK_ROWS);
  const scaled = new Float64Array(even * BLOCK_ROWS);
  for (let from = 0; from < weights.length; from += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, weights.length - from);
    for (let j = 0; j < width; j++) {
      const column = columns[j]!;
      const start = j * BLOCK_ROWS;
      for (let row = 0; row < count; row++) {
        const value = column[from + row]!;
        plain[start + row] = value;
        scaled[start + row] = weights[from + row]! * value;
      }
    }
    for (let i = 0; i < even; i += 2) {
      for (let j = 0; j <= i; j += 2) addProducts(sums, { plain, scaled, count, i, j, even });
    }
  }
  const products = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      products[i * width + j] = products[j * width + i] = sums[i * even + j]!;
    }
  }
  return products;
}

interface Tile {
  readonly plain: Float64Array;
  readonly scaled: Float64Array;
  readonly count: number;
  readonly i: number;
  readonly j: number;
  readonly even: number;
}

function addProducts(sums: Float64Array, { plain, scaled, count, i, j, even }: Tile): void {
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
