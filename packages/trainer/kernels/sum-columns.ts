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
 * other large nodes.
 */
export function sumColumns(job: usize, from: i32, to: i32): void {
  const columns = <usize>load<u32>(job + COLUMN_BINS);
  const features = <usize>load<u32>(job + FEATURES);
  const histogram = <usize>load<u32>(job + HISTOGRAM);
  const rows = <usize>load<u32>(job + ROWS);
  const whole = load<i32>(job + IS_WHOLE) !== 0;
  let at = <usize>from;
  for (; at + 4 <= <usize>to; at += 4) {
    const first = <usize>load<u32>(features + (at << 2));
    const second = <usize>load<u32>(features + (at << 2), 4);
    const third = <usize>load<u32>(features + (at << 2), 8);
    const fourth = <usize>load<u32>(features + (at << 2), 12);
    const a = columns + first * rows;
    const b = columns + second * rows;
    const c = columns + third * rows;
    const d = columns + fourth * rows;
    const h = histogram + first * FEATURE_HISTOGRAM_BYTES;
    const i = histogram + second * FEATURE_HISTOGRAM_BYTES;
    const j = histogram + third * FEATURE_HISTOGRAM_BYTES;
    const k = histogram + fourth * FEATURE_HISTOGRAM_BYTES;
    memory.fill(h, 0, FEATURE_HISTOGRAM_BYTES);
    memory.fill(i, 0, FEATURE_HISTOGRAM_BYTES);
    memory.fill(j, 0, FEATURE_HISTOGRAM_BYTES);
    memory.fill(k, 0, FEATURE_HISTOGRAM_BYTES);
    if (whole) {
      const packed = <usize>load<u32>(job + PACKED);
      for (let row: usize = 0; row < rows; row++) {
        const value = load<i64>(packed + (row << 3));
        add(h + ((<usize>load<u8>(a + row)) << 3), value);
        add(i + ((<usize>load<u8>(b + row)) << 3), value);
        add(j + ((<usize>load<u8>(c + row)) << 3), value);
        add(k + ((<usize>load<u8>(d + row)) << 3), value);
      }
    } else {
      const packed = <usize>load<u32>(job + ORDERED);
      const count = <usize>load<u32>(job + COUNT);
      const index = <usize>load<u32>(job + INDEX) + ((<usize>load<u32>(job + START)) << 2);
      for (let n: usize = 0; n < count; n++) {
        const value = load<i64>(packed + (n << 3));
        const row = <usize>load<u32>(index + (n << 2));
        add(h + ((<usize>load<u8>(a + row)) << 3), value);
        add(i + ((<usize>load<u8>(b + row)) << 3), value);
        add(j + ((<usize>load<u8>(c + row)) << 3), value);
        add(k + ((<usize>load<u8>(d + row)) << 3), value);
      }
    }
  }
  for (; at < <usize>to; at++) sumColumn(job, <usize>load<u32>(features + (at << 2)));
}

function sumColumn(job: usize, feature: usize): void {
  const rows = <usize>load<u32>(job + ROWS);
  const column = <usize>load<u32>(job + COLUMN_BINS) + feature * rows;
  const histogram = <usize>load<u32>(job + HISTOGRAM) + feature * FEATURE_HISTOGRAM_BYTES;
  memory.fill(histogram, 0, FEATURE_HISTOGRAM_BYTES);
  if (load<i32>(job + IS_WHOLE)) {
    const packed = <usize>load<u32>(job + PACKED);
    for (let row: usize = 0; row < rows; row++) {
      add(histogram + ((<usize>load<u8>(column + row)) << 3), load<i64>(packed + (row << 3)));
    }
  } else {
    const packed = <usize>load<u32>(job + ORDERED);
    const count = <usize>load<u32>(job + COUNT);
    const index = <usize>load<u32>(job + INDEX) + ((<usize>load<u32>(job + START)) << 2);
    for (let n: usize = 0; n < count; n++) {
      const row = <usize>load<u32>(index + (n << 2));
      add(histogram + ((<usize>load<u8>(column + row)) << 3), load<i64>(packed + (n << 3)));
    }
  }
}

function add(bin: usize, value: i64): void {
  store<i64>(bin, load<i64>(bin) + value);
}
