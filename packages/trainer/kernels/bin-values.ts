import { BIN_TOPS, COLUMN_BINS, MISSING_BIN, VALUES } from '../src/kernels/job-layout';

/**
 * Write the bin of the values of the rows [from, to) to the bins of the column that starts at
 * COLUMN_BINS: the first bin whose top is not below the value.
 */
export function binValues(job: usize, from: i32, to: i32): void {
  const values = <usize>load<u32>(job + VALUES);
  const tops = <usize>load<u32>(job + BIN_TOPS);
  const bins = <usize>load<u32>(job + COLUMN_BINS);
  const missing = load<i32>(job + MISSING_BIN);
  for (let row = <usize>from; row < <usize>to; row++) {
    const value = load<f64>(values + (row << 3));
    let at = tops;
    // Eight halvings without a branch; offsets are those of the last top of each lower half.
    at += select<usize>(1024, 0, value > load<f64>(at, 1016));
    at += select<usize>(512, 0, value > load<f64>(at, 504));
    at += select<usize>(256, 0, value > load<f64>(at, 248));
    at += select<usize>(128, 0, value > load<f64>(at, 120));
    at += select<usize>(64, 0, value > load<f64>(at, 56));
    at += select<usize>(32, 0, value > load<f64>(at, 24));
    at += select<usize>(16, 0, value > load<f64>(at, 8));
    at += select<usize>(8, 0, value > load<f64>(at));
    const bin = <i32>((at - tops) >> 3);
    store<u8>(bins + row, select<i32>(bin, missing, value === value));
  }
}
