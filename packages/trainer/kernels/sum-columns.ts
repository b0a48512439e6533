import {
  COLUMN_BINS,
  COUNT,
  FEATURES,
  FEATURE_HISTOGRAM_BYTES,
  HISTOGRAM,
  INDEX,
  IS_WHOLE,
  ORDERED,
  PACKED,
  ROWS,
  START,
} from '../src/kernels/job-layout';

/**
 * Fill the histograms of the features in use [from, to) from the column-major bins: for the root and
 * other large nodes. As many features as possible are filled in one pass over the rows.
 */
export function sumColumns(job: usize, from: i32, to: i32): void {
  let at = from;
  for (; at + 4 <= to; at += 4) sumFour(job, at);
  for (; at + 2 <= to; at += 2) sumTwo(job, at);
  if (at < to) sumOne(job, at);
}

function sumFour(job: usize, at: i32): void {
  const rows = <usize>load<u32>(job + ROWS);
  const a = columnOf(job, at, rows);
  const b = columnOf(job, at + 1, rows);
  const c = columnOf(job, at + 2, rows);
  const d = columnOf(job, at + 3, rows);
  const h = clearHistogram(job, at);
  const i = clearHistogram(job, at + 1);
  const j = clearHistogram(job, at + 2);
  const k = clearHistogram(job, at + 3);
  if (load<i32>(job + IS_WHOLE)) {
    const packed = <usize>load<u32>(job + PACKED);
    for (let row: usize = 0; row < rows; row++) {
      const value = load<i64>(packed + (row << 3));
      add(h, a + row, value);
      add(i, b + row, value);
      add(j, c + row, value);
      add(k, d + row, value);
    }
  } else {
    const packed = <usize>load<u32>(job + ORDERED);
    const count = <usize>load<u32>(job + COUNT);
    const index = indexOf(job);
    for (let n: usize = 0; n < count; n++) {
      const value = load<i64>(packed + (n << 3));
      const row = <usize>load<u32>(index + (n << 2));
      add(h, a + row, value);
      add(i, b + row, value);
      add(j, c + row, value);
      add(k, d + row, value);
    }
  }
}

function sumTwo(job: usize, at: i32): void {
  const rows = <usize>load<u32>(job + ROWS);
  const a = columnOf(job, at, rows);
  const b = columnOf(job, at + 1, rows);
  const h = clearHistogram(job, at);
  const i = clearHistogram(job, at + 1);
  if (load<i32>(job + IS_WHOLE)) {
    const packed = <usize>load<u32>(job + PACKED);
    for (let row: usize = 0; row < rows; row++) {
      const value = load<i64>(packed + (row << 3));
      add(h, a + row, value);
      add(i, b + row, value);
    }
  } else {
    const packed = <usize>load<u32>(job + ORDERED);
    const count = <usize>load<u32>(job + COUNT);
    const index = indexOf(job);
    for (let n: usize = 0; n < count; n++) {
      const value = load<i64>(packed + (n << 3));
      const row = <usize>load<u32>(index + (n << 2));
      add(h, a + row, value);
      add(i, b + row, value);
    }
  }
}

function sumOne(job: usize, at: i32): void {
  const rows = <usize>load<u32>(job + ROWS);
  const a = columnOf(job, at, rows);
  const h = clearHistogram(job, at);
  if (load<i32>(job + IS_WHOLE)) {
    const packed = <usize>load<u32>(job + PACKED);
    for (let row: usize = 0; row < rows; row++) add(h, a + row, load<i64>(packed + (row << 3)));
  } else {
    const packed = <usize>load<u32>(job + ORDERED);
    const count = <usize>load<u32>(job + COUNT);
    const index = indexOf(job);
    for (let n: usize = 0; n < count; n++) {
      add(h, a + <usize>load<u32>(index + (n << 2)), load<i64>(packed + (n << 3)));
    }
  }
}

function featureAt(job: usize, at: i32): usize {
  return <usize>load<u32>(<usize>load<u32>(job + FEATURES) + ((<usize>at) << 2));
}

function columnOf(job: usize, at: i32, rows: usize): usize {
  return <usize>load<u32>(job + COLUMN_BINS) + featureAt(job, at) * rows;
}

function clearHistogram(job: usize, at: i32): usize {
  const histogram =
    <usize>load<u32>(job + HISTOGRAM) + featureAt(job, at) * FEATURE_HISTOGRAM_BYTES;
  memory.fill(histogram, 0, FEATURE_HISTOGRAM_BYTES);
  return histogram;
}

function indexOf(job: usize): usize {
  return <usize>load<u32>(job + INDEX) + ((<usize>load<u32>(job + START)) << 2);
}

/** Add a row's value to its bin. */
function add(histogram: usize, cell: usize, value: i64): void {
  const bin = histogram + ((<usize>load<u8>(cell)) << 3);
  store<i64>(bin, load<i64>(bin) + value);
}
