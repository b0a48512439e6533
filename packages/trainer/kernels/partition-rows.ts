import {
  GO_LEFT,
  INDEX,
  IS_WHOLE,
  LEFT_COUNTS,
  SPARE,
  SPLIT_BINS,
  START,
} from '../src/kernels/job-layout';

/**
 * Part the node's rows [from, to): those that go left close up in the index, the others in the spare
 * index, both in their order. The number of the former is noted for the block.
 */
export function partitionRows(job: usize, from: i32, to: i32, block: i32): void {
  const start = <usize>load<u32>(job + START);
  const bins = <usize>load<u32>(job + SPLIT_BINS);
  const goLeft = <usize>load<u32>(job + GO_LEFT);
  const index = <usize>load<u32>(job + INDEX) + ((start + <usize>from) << 2);
  let left = index;
  let right = <usize>load<u32>(job + SPARE) + ((start + <usize>from) << 2);
  if (load<i32>(job + IS_WHOLE)) {
    for (let row = <u32>from; row < <u32>to; row++) {
      const step = (<usize>load<u8>(goLeft + <usize>load<u8>(bins + row))) << 2;
      store<u32>(left, row);
      store<u32>(right, row);
      left += step;
      right += 4 - step;
    }
  } else {
    const end = index + ((<usize>(to - from)) << 2);
    for (let at = index; at < end; at += 4) {
      const row = load<u32>(at);
      const step = (<usize>load<u8>(goLeft + <usize>load<u8>(bins + row))) << 2;
      store<u32>(left, row);
      store<u32>(right, row);
      left += step;
      right += 4 - step;
    }
  }
  const counts = <usize>load<u32>(job + LEFT_COUNTS);
  store<u32>(counts + ((<usize>block) << 2), <u32>((left - index) >> 2));
}
