import {
  BIN_COUNTS,
  FEATURES,
  FEATURE_HISTOGRAM_BYTES,
  HISTOGRAM,
  SIBLING,
} from '../src/kernels/job-layout';

/** Take the histogram from its sibling's, for the features in use [from, to). */
export function subtractHistogram(job: usize, from: i32, to: i32): void {
  const features = <usize>load<u32>(job + FEATURES);
  const counts = <usize>load<u32>(job + BIN_COUNTS);
  for (let at = from; at < to; at++) {
    const feature = <usize>load<u32>(features + ((<usize>at) << 2));
    const offset = feature * FEATURE_HISTOGRAM_BYTES;
    const part = <usize>load<u32>(job + HISTOGRAM) + offset;
    const whole = <usize>load<u32>(job + SIBLING) + offset;
    // One more than the value bins, for the missing one.
    const end = (<usize>load<u32>(counts + (feature << 2)) + 1) << 3;
    for (let bin: usize = 0; bin < end; bin += 8) {
      store<i64>(whole + bin, load<i64>(whole + bin) - load<i64>(part + bin));
    }
  }
}
