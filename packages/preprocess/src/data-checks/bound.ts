import { parseTimestamp } from '@gnu-mlops/core';
import { DataChecksInvalidError } from '../errors.ts';
import type { Bound, RangeCheck } from './data-check.ts';
import { timeText } from './time-text.ts';

/**
 * A bound as cells are: of times, milliseconds since the epoch.
 *
 * @throws {DataChecksInvalidError} for a text that is no time.
 */
export function boundValue(bound: Bound): number {
  if (typeof bound === 'number') return bound;
  const time = parseTimestamp(bound);
  if (time !== undefined) return time;
  throw new DataChecksInvalidError(bound, 'it must be a number or a date (2026-01-31).');
}

/** The same bounds of a column of times, in words that say when that is. */
export function boundsInWords(check: RangeCheck): RangeCheck {
  const { min, max } = check;
  return {
    ...check,
    ...(min !== undefined && { min: inWords(min) }),
    ...(max !== undefined && { max: inWords(max) }),
  };
}

function inWords(bound: Bound): Bound {
  return timeText(boundValue(bound)) ?? bound;
}
