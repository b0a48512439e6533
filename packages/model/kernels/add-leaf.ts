/** Add a leaf's outcome, one value or the address of several, to a row's sums. */
export function addLeaf(sums: usize, outcome: usize, outputCount: i32): void {
  if (outputCount === 1) {
    store<f64>(sums, load<f64>(sums) + load<f64>(outcome));
    return;
  }
  const end = sums + (((<usize>outputCount) & ~1) << 3);
  let from = <usize>load<u32>(outcome);
  let to = sums;
  while (to < end) {
    v128.store(to, f64x2.add(v128.load(to), v128.load(from)));
    to += 16;
    from += 16;
  }
  if (outputCount & 1) store<f64>(to, load<f64>(to) + load<f64>(from));
}
