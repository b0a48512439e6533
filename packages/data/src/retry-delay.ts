const firstDelayMs = 100;
const longestDelayMs = 20_000;
const longestAskedMs = 300_000;

/**
 * How long to wait before trying again, in milliseconds: twice as long each time, never less than
 * what the server asks for, as far as that is not more than five minutes.
 *
 * @param failures how often it has failed in a row, from 1.
 * @param retryAfter the server's `Retry-After`: seconds, or a date.
 * @param now milliseconds since the epoch, which a date is held against.
 */
export function retryDelayMs(
  failures: number,
  retryAfter?: { readonly header: string | null | undefined; readonly now: number },
): number {
  const backoffMs = Math.min(firstDelayMs * 2 ** (failures - 1), longestDelayMs);
  return Math.max(backoffMs, retryAfter === undefined ? 0 : askedMs(retryAfter));
}

function askedMs({ header, now }: { header: string | null | undefined; now: number }): number {
  if (header == null || header.trim() === '') return 0;
  const seconds = Number(header);
  const delayMs = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isFinite(delayMs) ? Math.min(Math.max(delayMs, 0), longestAskedMs) : 0;
}
