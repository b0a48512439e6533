import {
  COUNT,
  INDEX,
  LAST_LEFT,
  LEFT_COUNT,
  MISSING,
  MISSING_LEFT,
  SPARE,
  SPARE_STATS,
  SPLIT_FEATURE,
  START,
  STATS,
} from '../../src/kernels/forest-layout';
import { binStep, binsOf } from './node-bins';

/** Part the node's rows by its split: left before right, each side in its order. */
export function partNode(job: usize): void {
  const start = <usize>load<u32>(job, START);
  const count = <usize>load<u32>(job, COUNT);
  const bins = binsOf(job, <usize>load<u32>(job, SPLIT_FEATURE));
  const step = binStep(job);
  const lastLeft = load<u32>(job, LAST_LEFT);
  const missingLeft = load<u32>(job, MISSING_LEFT);
  const index = <usize>load<u32>(job, INDEX) + (start << 2);
  const stats = <usize>load<u32>(job, STATS) + (start << 4);
  const spare = <usize>load<u32>(job, SPARE);
  const spareStats = <usize>load<u32>(job, SPARE_STATS);
  let left: usize = 0;
  let right: usize = 0;
  for (let n: usize = 0; n < count; n++) {
    const row = load<u32>(index + (n << 2));
    const stat = v128.load(stats + (n << 4));
    const bin = <u32>load<u8>(bins + <usize>row * step);
    const goesLeft = <usize>(u32(bin <= lastLeft) | (u32(bin === MISSING) & missingLeft));
    // Written to both sides, kept on one: there is no branch to guess wrong.
    store<u32>(index + (left << 2), row);
    v128.store(stats + (left << 4), stat);
    store<u32>(spare + (right << 2), row);
    v128.store(spareStats + (right << 4), stat);
    left += goesLeft;
    right += 1 - goesLeft;
  }
  memory.copy(index + (left << 2), spare, right << 2);
  memory.copy(stats + (left << 4), spareStats, right << 4);
  store<u32>(job, <u32>left, LEFT_COUNT);
}
