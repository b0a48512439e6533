import {
  COUNT,
  FEATURE_HISTOGRAM_BYTES,
  HISTOGRAM,
  INDEX,
  ORDERED,
  ROW_BINS,
  START,
  STRIDE,
} from '../src/kernels/job-layout';

/** Rows whose bins are fetched before they are needed. */
const AHEAD: usize = 32;

/**
 * Fill the histograms of the features [from, to) from the row-major bins: for small nodes, whose
 * rows lie far apart.
 *
 * @returns a sum without a meaning, so that the fetching ahead is not optimised away.
 */
export function sumRows(job: usize, from: i32, to: i32): i32 {
  const stride = <usize>load<u32>(job + STRIDE);
  const bins = <usize>load<u32>(job + ROW_BINS);
  const packed = <usize>load<u32>(job + ORDERED);
  const index = <usize>load<u32>(job + INDEX) + ((<usize>load<u32>(job + START)) << 2);
  const count = <usize>load<u32>(job + COUNT);
  const histogram = <usize>load<u32>(job + HISTOGRAM) + <usize>from * FEATURE_HISTOGRAM_BYTES;
  const width = <usize>(to - from);
  const first = bins + <usize>from;
  let touched: i32 = 0;
  memory.fill(histogram, 0, width * FEATURE_HISTOGRAM_BYTES);
  for (let block: usize = 0; block < count; block += AHEAD) {
    const end = min<usize>(block + AHEAD, count);
    for (let n = block; n < end; n++) {
      const row = first + <usize>load<u32>(index + (n << 2)) * stride;
      touched += <i32>load<u8>(row) + <i32>load<u8>(row + width - 1);
    }
    for (let n = block; n < end; n++) {
      const row = first + <usize>load<u32>(index + (n << 2)) * stride;
      const value = load<i64>(packed + (n << 3));
      let at = histogram;
      let feature: usize = 0;
      for (; feature + 4 <= width; feature += 4) {
        const cells = load<u32>(row + feature);
        const a = at + ((cells & 255) << 3);
        store<i64>(a, load<i64>(a) + value);
        const b = at + (((cells >> 8) & 255) << 3);
        store<i64>(b, load<i64>(b, 2048) + value, 2048);
        const c = at + (((cells >> 16) & 255) << 3);
        store<i64>(c, load<i64>(c, 4096) + value, 4096);
        const d = at + ((cells >> 24) << 3);
        store<i64>(d, load<i64>(d, 6144) + value, 6144);
        at += 4 * FEATURE_HISTOGRAM_BYTES;
      }
      for (; feature < width; feature++) {
        const a = at + ((<usize>load<u8>(row + feature)) << 3);
        store<i64>(a, load<i64>(a) + value);
        at += FEATURE_HISTOGRAM_BYTES;
      }
    }
  }
  return touched;
}
