import {
  CLASS_COUNT,
  COUNT,
  INDEX,
  IS_PURE,
  KIND,
  PAIRS,
  START,
  STATS,
  TARGETS,
  TOTALS,
} from '../../src/kernels/forest-layout';

/** Sum up the job's node, and find out whether all its rows are alike. */
export function sumNode(job: usize): void {
  if (load<i32>(job, KIND) === PAIRS) sumPairs(job);
  else sumClasses(job);
}

function sumPairs(job: usize): void {
  const start = <usize>load<u32>(job, START);
  const count = <usize>load<u32>(job, COUNT);
  const stats = <usize>load<u32>(job, STATS) + (start << 4);
  const end = stats + (count << 4);
  let at = stats;
  // Four sums side by side: a single one would wait for each addition.
  let first = f64x2.splat(0);
  let second = f64x2.splat(0);
  let third = f64x2.splat(0);
  let fourth = f64x2.splat(0);
  for (; at + 64 <= end; at += 64) {
    first = f64x2.add(first, v128.load(at));
    second = f64x2.add(second, v128.load(at, 16));
    third = f64x2.add(third, v128.load(at, 32));
    fourth = f64x2.add(fourth, v128.load(at, 48));
  }
  for (; at < end; at += 16) first = f64x2.add(first, v128.load(at));
  const total = f64x2.add(f64x2.add(first, second), f64x2.add(third, fourth));
  v128.store(<usize>load<u32>(job, TOTALS), total);
  store<i32>(job, isPure(job, total) ? 1 : 0, IS_PURE);
}

/** Numbers are compared one by one; of two classes, the sums tell. */
function isPure(job: usize, total: v128): bool {
  const targets = <usize>load<u32>(job, TARGETS);
  if (!targets) {
    const ofSecond = f64x2.extract_lane(total, 1);
    return ofSecond === 0 || ofSecond === f64x2.extract_lane(total, 0);
  }
  const index = <usize>load<u32>(job, INDEX) + ((<usize>load<u32>(job, START)) << 2);
  const end = index + ((<usize>load<u32>(job, COUNT)) << 2);
  const first = load<f64>(targets + ((<usize>load<u32>(index)) << 3));
  let at = index;
  while (at < end && load<f64>(targets + ((<usize>load<u32>(at)) << 3)) === first) at += 4;
  return at === end;
}

function sumClasses(job: usize): void {
  const classes = <usize>load<u32>(job, CLASS_COUNT);
  const totals = <usize>load<u32>(job, TOTALS);
  memory.fill(totals, 0, (classes + 1) << 3);
  let at = <usize>load<u32>(job, STATS) + ((<usize>load<u32>(job, START)) << 4);
  const end = at + ((<usize>load<u32>(job, COUNT)) << 4);
  for (; at < end; at += 16) {
    const sum = totals + 8 + ((<usize>load<f64>(at, 8)) << 3);
    store<f64>(sum, load<f64>(sum) + load<f64>(at));
  }
  let present = 0;
  let weight = 0.0;
  for (let sum = totals + 8; sum <= totals + (classes << 3); sum += 8) {
    present += i32(load<f64>(sum) > 0);
    weight += load<f64>(sum);
  }
  store<f64>(totals, weight);
  store<i32>(job, present < 2 ? 1 : 0, IS_PURE);
}
