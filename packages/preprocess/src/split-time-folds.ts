import { SplitInvalidError } from './errors.ts';
import { checkFoldCount } from './rounds-of-folds.ts';
import type { Fold } from './split-folds.ts';
import { checkTimes } from './split-by-time.ts';

/** Settings of {@link splitTimeFolds}. */
export interface TimeFoldOptions {
  /** When each row happened, in any unit that grows with time. */
  readonly times: Float64Array;
  /** At least 2. */
  readonly folds: number;
}

/**
 * Test on stretches of time, each after all the rows it is trained on: the rows, in order of time,
 * fall into one stretch more than there are folds, and every fold is tested on the next stretch and
 * trained on all before it. The first stretch is never tested, every other row once.
 *
 * Rows of one time stay together, so stretches can be longer than others; without such rows their
 * length is rows / (folds + 1) rounded down, and what is left over is in the first.
 *
 * @throws {SplitInvalidError} when a time is missing, there are too few rows for the folds, or so many
 *   rows share one time that a stretch would be empty.
 * @see scikit-learn TimeSeriesSplit, on rows sorted by time.
 */
export function splitTimeFolds({ times, folds }: TimeFoldOptions): Fold[] {
  checkTimes(times);
  checkFoldCount(times.length - 1, folds, 'rows after the first');
  const order = Int32Array.from(times, (_, row) => row).sort(
    (a, b) => times[a]! - times[b]! || a - b,
  );
  const length = Math.floor(times.length / (folds + 1));
  const starts = Array.from({ length: folds }, (_, fold) =>
    firstOfItsTime(times, order, times.length - (folds - fold) * length),
  );
  return starts.map((start, fold) => {
    const end = starts[fold + 1] ?? times.length;
    if (start === 0 || start === end) {
      throw new SplitInvalidError(
        `Too many rows share one time for ${folds} folds in order of time: fold ${fold + 1} would ` +
          `have no row to ${start === 0 ? 'train' : 'test'} on. Ask for fewer folds, or use a finer time.`,
      );
    }
    return { train: order.slice(0, start).sort(), test: order.slice(start, end).sort() };
  });
}

/** The first position in order of time of the rows that happened with the one at `position`. */
function firstOfItsTime(times: Float64Array, order: Int32Array, position: number): number {
  let first = position;
  while (first > 0 && times[order[first - 1]!] === times[order[position]!]) first--;
  return first;
}
