import {
  CELLS_BASE,
  CELLS_ENDS,
  CELLS_PACKED,
  CELLS_RESULTS,
  CELLS_ROW_COUNT,
  CELLS_STARTS,
} from '../src/kernels/cells-layout';

/**
 * Put the bytes of a column's cells one behind the other, and where each of them ends into the
 * results.
 *
 * @returns how many bytes; where not all of them are ASCII, that many below -1.
 */
export function packTexts(job: usize): i32 {
  const base = <usize>load<u32>(job, CELLS_BASE);
  const packed = <usize>load<u32>(job, CELLS_PACKED);
  let starts = <usize>load<u32>(job, CELLS_STARTS);
  let ends = <usize>load<u32>(job, CELLS_ENDS);
  let result = <usize>load<u32>(job, CELLS_RESULTS);
  const last = result + ((<usize>load<u32>(job, CELLS_ROW_COUNT)) << 2);
  let target = packed;
  for (; result < last; result += 4, starts += 4, ends += 4) {
    const start = base + <usize>load<u32>(starts);
    const length = base + <usize>load<u32>(ends) - start;
    // What is written too much is written over by the next cell, or lies behind the last one.
    for (let at: usize = 0; at < length; at += 16) v128.store(target + at, v128.load(start + at));
    target += length;
    store<u32>(result, <u32>(target - packed));
  }
  let all = i64x2.splat(0);
  v128.store(target, all);
  for (let at = packed; at < target; at += 16) all = v128.or(all, v128.load(at));
  const length = <i32>(target - packed);
  return i8x16.bitmask(all) === 0 ? length : -length - 1;
}
