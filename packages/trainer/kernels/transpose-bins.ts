import { COLUMN_BINS, ROWS, ROW_BINS, STRIDE } from '../src/kernels/job-layout';

/** Rows that fit the nearest cache with their destination. */
const TILE: usize = 128;

/** Copy the column-major bins of the rows [from, to) to the row-major ones. */
export function transposeBins(job: usize, from: i32, to: i32): void {
  const rows = <usize>load<u32>(job + ROWS);
  const stride = <usize>load<u32>(job + STRIDE);
  const columnBins = <usize>load<u32>(job + COLUMN_BINS);
  const rowBins = <usize>load<u32>(job + ROW_BINS);
  for (let tile = <usize>from; tile < <usize>to; tile += TILE) {
    const end = min<usize>(tile + TILE, <usize>to);
    for (let feature: usize = 0; feature < stride; feature++) {
      const column = columnBins + feature * rows;
      let cell = rowBins + tile * stride + feature;
      for (let row = tile; row < end; row++) {
        store<u8>(cell, load<u8>(column + row));
        cell += stride;
      }
    }
  }
}
