import { INDEX, ORDERED, PACKED, START } from '../src/kernels/job-layout';

/** Copy the packed gradients of the node's rows [from, to) to their places in the node's order. */
export function orderPacked(job: usize, from: i32, to: i32): void {
  const packed = <usize>load<u32>(job + PACKED);
  const ordered = <usize>load<u32>(job + ORDERED);
  const index = <usize>load<u32>(job + INDEX) + ((<usize>load<u32>(job + START)) << 2);
  for (let i = <usize>from; i < <usize>to; i++) {
    const row = <usize>load<u32>(index + (i << 2));
    store<i64>(ordered + (i << 3), load<i64>(packed + (row << 3)));
  }
}
