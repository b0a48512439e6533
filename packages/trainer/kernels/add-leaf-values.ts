import { INDEX, LEAF_STARTS, LEAF_VALUES, SCORES } from '../src/kernels/job-layout';

/** Add to the scores of the indexed rows [from, to) the values of the leaves that they lie in. */
export function addLeafValues(job: usize, from: i32, to: i32): void {
  const starts = <usize>load<u32>(job + LEAF_STARTS);
  const values = <usize>load<u32>(job + LEAF_VALUES);
  const index = <usize>load<u32>(job + INDEX);
  const scores = <usize>load<u32>(job + SCORES);
  let leaf: usize = 0;
  let at = <usize>from;
  while (at < <usize>to) {
    while (<usize>load<u32>(starts + (leaf << 2), 4) <= at) leaf++;
    const end = min<usize>(<usize>load<u32>(starts + (leaf << 2), 4), <usize>to);
    const value = load<f64>(values + (leaf << 3));
    for (; at < end; at++) {
      const score = scores + ((<usize>load<u32>(index + (at << 2))) << 3);
      store<f64>(score, load<f64>(score) + value);
    }
  }
}
