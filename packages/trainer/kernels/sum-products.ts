import {
  PLAIN,
  PRODUCT_ROWS,
  SCALED,
  SUMS,
  TILE_COLUMNS,
  WIDTH,
} from '../src/kernels/products-layout';

/** Bytes from one column to the next. */
const COLUMN: usize = PRODUCT_ROWS * 8;

/**
 * Add to the sums what the rows hold for the columns [from, to), multiples of TILE_COLUMNS, and all
 * columns up to them. Even and odd rows are summed apart, one in each lane.
 */
export function sumProducts(job: usize, from: i32, to: i32): void {
  const plain = <usize>load<u32>(job + PLAIN);
  const scaled = <usize>load<u32>(job + SCALED);
  const sums = <usize>load<u32>(job + SUMS);
  const line = (<usize>load<u32>(job + WIDTH)) << 3;
  for (let i = from; i < to; i += TILE_COLUMNS) {
    const own = scaled + <usize>i * COLUMN;
    let at = sums + <usize>i * line;
    for (let j = 0; j < i + TILE_COLUMNS; j += 2) {
      sumTile(own, plain + <usize>j * COLUMN, at, line);
      at += 16;
    }
  }
}

/** Four columns meet two others. */
function sumTile(own: usize, other: usize, sums: usize, line: usize): void {
  let a0 = f64x2.splat(0);
  let a1 = f64x2.splat(0);
  let b0 = f64x2.splat(0);
  let b1 = f64x2.splat(0);
  let c0 = f64x2.splat(0);
  let c1 = f64x2.splat(0);
  let d0 = f64x2.splat(0);
  let d1 = f64x2.splat(0);
  for (let at: usize = 0; at < COLUMN; at += 16) {
    const x = v128.load(other + at);
    const y = v128.load(other + at, COLUMN);
    const a = v128.load(own + at);
    a0 = f64x2.add(a0, f64x2.mul(a, x));
    a1 = f64x2.add(a1, f64x2.mul(a, y));
    const b = v128.load(own + at, COLUMN);
    b0 = f64x2.add(b0, f64x2.mul(b, x));
    b1 = f64x2.add(b1, f64x2.mul(b, y));
    const c = v128.load(own + at, 2 * COLUMN);
    c0 = f64x2.add(c0, f64x2.mul(c, x));
    c1 = f64x2.add(c1, f64x2.mul(c, y));
    const d = v128.load(own + at, 3 * COLUMN);
    d0 = f64x2.add(d0, f64x2.mul(d, x));
    d1 = f64x2.add(d1, f64x2.mul(d, y));
  }
  addTwo(sums, a0, a1);
  addTwo(sums + line, b0, b1);
  addTwo(sums + 2 * line, c0, c1);
  addTwo(sums + 3 * line, d0, d1);
}

function addTwo(sums: usize, first: v128, second: v128): void {
  const even = i64x2.shuffle(first, second, 0, 2);
  const odd = i64x2.shuffle(first, second, 1, 3);
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.add(even, odd)));
}
