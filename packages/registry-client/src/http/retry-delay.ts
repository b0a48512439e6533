const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 20_000;

/**
 * How long to wait before the next attempt: what the server asks for, or up to twice as long after
 * every attempt, at random so that many clients do not come back together.
 *
 * @param attempt that failed, from 1.
 * @param retryAfter the header's value: seconds or a date; null without one.
 */
export function retryDelayMs(
  attempt: number,
  retryAfter: string | null,
  { now, random }: { readonly now: () => number; readonly random: () => number },
): number {
  const asked = parseRetryAfter(retryAfter, now());
  if (asked !== undefined) return Math.min(asked, 3 * LONGEST_DELAY_MS);
  const longest = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
  return longest * (0.5 + random() / 2);
}

function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  // A date that has passed says that the clocks differ, not that it is time.
  return date > now ? date - now : undefined;
}

/** Wait; rejects with the signal's reason when that is aborted first. */
export function wait(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal!.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, delayMs);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
