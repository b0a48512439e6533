import { countTestRows } from './count-test-rows.ts';
import { SplitInvalidError } from './errors.ts';
import { type Split, splitByFlags } from './split.ts';

/** Settings of {@link splitByTime}. */
export interface TimeSplitOptions {
  /** When each row happened, in any unit that grows with time. */
  readonly times: Float64Array;
  /** The test side's share of the rows, in (0, 1); rounded up to whole rows. */
  readonly testSize: number;
}

/**
 * Put the latest rows on the test side, as a model in use meets them: every test row is later than
 * every training row. Rows of one time stay together, so the test side can be larger than asked for.
 *
 * @throws {SplitInvalidError} when a time is missing, or a side would be empty.
 */
export function splitByTime(options: TimeSplitOptions): Split {
  const { times, testSize } = options;
  checkTimes(times);
  const testCount = countTestRows(times.length, testSize);
  const cut = times.slice().sort()[times.length - testCount]!;
  const split = splitByFlags(Uint8Array.from(times, (time) => (time >= cut ? 1 : 0)));
  if (split.train.length === 0) {
    throw new SplitInvalidError(
      'No row is earlier than the test rows: too many rows share one time. ' +
        'Choose a smaller test size, or split at random.',
    );
  }
  return split;
}

/** @throws {SplitInvalidError} naming the first row whose time is missing. */
export function checkTimes(times: Float64Array): void {
  const missing = times.findIndex(Number.isNaN);
  if (missing < 0) return;
  throw new SplitInvalidError(
    `Row ${missing + 1} has no time. Fill it in or remove the row before splitting by time.`,
  );
}
