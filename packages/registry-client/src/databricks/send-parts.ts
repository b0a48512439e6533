import type { Part } from './split-parts.ts';

/** How many parts are on their way at once: as much of a file is in memory, and one part more. */
const AT_ONCE = 3;

/**
 * Send the parts of a file, a few at once.
 *
 * @param send gets a part and its number, from 1.
 * @returns what `send` gave, in the order of the parts.
 * @throws what failed first; nothing is being sent any more then.
 */
export async function sendParts<T>(
  parts: AsyncIterable<Part>,
  send: (part: Part, number: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let number = 0;
  try {
    for await (const part of parts) {
      const own = ++number;
      const sent: Promise<void> = send(part, own)
        .then(
          (result) => void (results[own - 1] = result),
          (failure: unknown) => void failures.push(failure),
        )
        .finally(() => underWay.delete(sent));
      underWay.add(sent);
      if (underWay.size >= AT_ONCE) await Promise.race(underWay);
      if (failures.length > 0) break;
    }
  } finally {
    await Promise.all(underWay);
  }
  if (failures.length > 0) throw failures[0];
  return results;
}
