import {
  COUNT,
  INDEX,
  IS_BOOTSTRAP,
  KIND,
  PAIRS,
  ROWS,
  ROW_STATS,
  SPARE,
  STATS,
  TREE,
} from '../../src/kernels/forest-layout';
import { nextBelow, openTreeStream } from './random-stream';

/** Draw the rows of the job's tree, and write their numbers and what is summed over them. */
export function drawBag(job: usize): void {
  const rows = load<u32>(job, ROWS);
  const index = <usize>load<u32>(job, INDEX);
  const stats = <usize>load<u32>(job, STATS);
  const rowStats = <usize>load<u32>(job, ROW_STATS);
  if (!load<i32>(job, IS_BOOTSTRAP)) {
    for (let row: usize = 0; row < <usize>rows; row++) store<u32>(index + (row << 2), <u32>row);
    memory.copy(stats, rowStats, (<usize>rows) << 4);
    store<u32>(job, rows, COUNT);
    return;
  }
  const draws = <usize>load<u32>(job, SPARE);
  memory.fill(draws, 0, (<usize>rows) << 2);
  openTreeStream(job, load<u32>(job, TREE));
  for (let draw: u32 = 0; draw < rows; draw++) {
    const at = draws + ((<usize>nextBelow(job, rows)) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  const isPairs = load<i32>(job, KIND) === PAIRS;
  let inBag: usize = 0;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const times = load<u32>(draws + (row << 2));
    const factor = <f64>times;
    const factors = f64x2.replace_lane(f64x2.splat(factor), 1, isPairs ? factor : 1.0);
    // A row outside the bag is overwritten by the next.
    store<u32>(index + (inBag << 2), <u32>row);
    v128.store(stats + (inBag << 4), f64x2.mul(v128.load(rowStats + (row << 4)), factors));
    inBag += <usize>(times > 0);
  }
  store<u32>(job, <u32>inBag, COUNT);
}
