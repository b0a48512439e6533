import { formatTimestamp, parseTimestamp } from '@gnu-mlops/core';

/**
 * Milliseconds since the epoch in ISO 8601 and UTC, such as `2026-01-31T09:30:00.000Z`, with more
 * digits where there is more than milliseconds. Undefined where no text reads back as the same time, as
 * of parts of a nanosecond.
 */
export function timeText(ms: number): string | undefined {
  if (Number.isNaN(new Date(Math.floor(ms)).getTime())) return undefined;
  const text = formatTimestamp(ms);
  return parseTimestamp(text) === ms ? text : undefined;
}
