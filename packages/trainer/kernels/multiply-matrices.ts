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
} from '../src/kernels/matrices-layout';

/**
 * Add the product of two matrices to the rows [from, to) of a third. Every entry is summed up step by
 * step, whatever the tile it belongs to. Offsets are those of columns, in bytes.
 */
export function multiplyMatrices(job: usize, from: i32, to: i32): void {
  const firstRow = <usize>load<u32>(job + FIRST_ROW);
  const productRow = <usize>load<u32>(job + PRODUCT_ROW);
  const end = (<usize>load<u32>(job + COLUMNS)) << 3;
  let first = <usize>load<u32>(job + FIRST) + <usize>from * firstRow;
  let product = <usize>load<u32>(job + PRODUCT) + <usize>from * productRow;
  let row = from;
  for (; row + 4 <= to; row += 4) {
    let offset: usize = 0;
    for (; offset + 32 <= end; offset += 32) addTile(job, first, product, offset);
    for (; offset < end; offset += 8) addFour(job, first, product, offset);
    first += 4 * firstRow;
    product += 4 * productRow;
  }
  for (; row < to; row++) {
    let offset: usize = 0;
    for (; offset + 16 <= end; offset += 16) addPair(job, first, product, offset);
    if (offset < end) addEntry(job, first, product, offset);
    first += firstRow;
    product += productRow;
  }
}

/** Four rows, four columns. */
function addTile(job: usize, first: usize, product: usize, offset: usize): void {
  const row = <usize>load<u32>(job + FIRST_ROW);
  const step = <usize>load<u32>(job + FIRST_STEP);
  const secondRow = <usize>load<u32>(job + SECOND_ROW);
  const productRow = <usize>load<u32>(job + PRODUCT_ROW);
  let second = <usize>load<u32>(job + SECOND) + offset;
  const end = second + <usize>load<u32>(job + STEPS) * secondRow;
  let a = first;
  let b = first + row;
  let c = b + row;
  let d = c + row;
  const at0 = product + offset;
  const at1 = at0 + productRow;
  const at2 = at1 + productRow;
  const at3 = at2 + productRow;
  let a0 = v128.load(at0);
  let a1 = v128.load(at0, 16);
  let b0 = v128.load(at1);
  let b1 = v128.load(at1, 16);
  let c0 = v128.load(at2);
  let c1 = v128.load(at2, 16);
  let d0 = v128.load(at3);
  let d1 = v128.load(at3, 16);
  for (; second < end; second += secondRow) {
    const x = v128.load(second);
    const y = v128.load(second, 16);
    const p = v128.load64_splat(a);
    a0 = f64x2.add(a0, f64x2.mul(p, x));
    a1 = f64x2.add(a1, f64x2.mul(p, y));
    const q = v128.load64_splat(b);
    b0 = f64x2.add(b0, f64x2.mul(q, x));
    b1 = f64x2.add(b1, f64x2.mul(q, y));
    const r = v128.load64_splat(c);
    c0 = f64x2.add(c0, f64x2.mul(r, x));
    c1 = f64x2.add(c1, f64x2.mul(r, y));
    const s = v128.load64_splat(d);
    d0 = f64x2.add(d0, f64x2.mul(s, x));
    d1 = f64x2.add(d1, f64x2.mul(s, y));
    a += step;
    b += step;
    c += step;
    d += step;
  }
  v128.store(at0, a0);
  v128.store(at0, a1, 16);
  v128.store(at1, b0);
  v128.store(at1, b1, 16);
  v128.store(at2, c0);
  v128.store(at2, c1, 16);
  v128.store(at3, d0);
  v128.store(at3, d1, 16);
}

/** Four rows, one column. */
function addFour(job: usize, first: usize, product: usize, offset: usize): void {
  const row = <usize>load<u32>(job + FIRST_ROW);
  const step = <usize>load<u32>(job + FIRST_STEP);
  const secondRow = <usize>load<u32>(job + SECOND_ROW);
  const productRow = <usize>load<u32>(job + PRODUCT_ROW);
  let second = <usize>load<u32>(job + SECOND) + offset;
  const end = second + <usize>load<u32>(job + STEPS) * secondRow;
  const at0 = product + offset;
  const at1 = at0 + productRow;
  const at2 = at1 + productRow;
  const at3 = at2 + productRow;
  let a = load<f64>(at0);
  let b = load<f64>(at1);
  let c = load<f64>(at2);
  let d = load<f64>(at3);
  for (; second < end; second += secondRow) {
    const x = load<f64>(second);
    a += load<f64>(first) * x;
    b += load<f64>(first + row) * x;
    c += load<f64>(first + 2 * row) * x;
    d += load<f64>(first + 3 * row) * x;
    first += step;
  }
  store<f64>(at0, a);
  store<f64>(at1, b);
  store<f64>(at2, c);
  store<f64>(at3, d);
}

/** One row, two columns. */
function addPair(job: usize, first: usize, product: usize, offset: usize): void {
  const step = <usize>load<u32>(job + FIRST_STEP);
  const secondRow = <usize>load<u32>(job + SECOND_ROW);
  let second = <usize>load<u32>(job + SECOND) + offset;
  const end = second + <usize>load<u32>(job + STEPS) * secondRow;
  let sums = v128.load(product + offset);
  for (; second < end; second += secondRow) {
    sums = f64x2.add(sums, f64x2.mul(v128.load64_splat(first), v128.load(second)));
    first += step;
  }
  v128.store(product + offset, sums);
}

function addEntry(job: usize, first: usize, product: usize, offset: usize): void {
  const step = <usize>load<u32>(job + FIRST_STEP);
  const secondRow = <usize>load<u32>(job + SECOND_ROW);
  let second = <usize>load<u32>(job + SECOND) + offset;
  const end = second + <usize>load<u32>(job + STEPS) * secondRow;
  let sum = load<f64>(product + offset);
  for (; second < end; second += secondRow) {
    sum += load<f64>(first) * load<f64>(second);
    first += step;
  }
  store<f64>(product + offset, sum);
}
