import { type ArrowAnswer, type RawResult, withSource } from './raw-result.ts';
import { linkedRowSets } from './row-sets.ts';
import { RowsSkippedError } from './rows-skipped-error.ts';
import { isExpiredLink, sqlFailure } from './sql-failure.ts';

/** Rows that lie behind links. */
export type LinkedResult = RawResult & { readonly format: 'links' };

/** What surrounds the following of links. */
export interface LinkedRowsOptions {
  /** What errors call the query. */
  readonly subject: string;
  /** Rows of a result that are asked for at a time. */
  readonly limit: number;
  /** Failures in a row, without a link that could be followed in between, after which to give up. */
  readonly maxAttempts: number;
  /** Wait for some work, unless the signal aborts. */
  readonly waitFor: <T>(work: Promise<T>) => Promise<T>;
  /** Let some time pass; longer the more failures there were in a row. */
  readonly pause: (failures: number, retryAfter: string | null) => Promise<void>;
}

/** Links that may wait to be followed: the later one is asked for, the later it expires. */
const waitingLinks = 16;

/**
 * Follow the links to the rows of a result, in order. Links that have expired are renewed: the server
 * is asked for those of the same result from the first row on that is still missing, so that the query
 * does not run again. Storage that could be reached before gets the same patience; storage that never
 * could does not, as the warehouse itself can send the rows then.
 *
 * @throws the first failure of the link that cannot be followed.
 */
export async function* linkedRows(
  { provider, handler }: LinkedResult,
  { subject, limit, maxAttempts, waitFor, pause }: LinkedRowsOptions,
): AsyncGenerator<ArrowAnswer> {
  let endRow = 0;
  let followed = 0;
  const start = (from?: number) => {
    const before = followed;
    const rowSets = linkedRowSets(provider, {
      ...(from !== undefined && { from }),
      hasEnough: (given) => given - (followed - before) >= waitingLinks,
      onLink: (end) => (endRow = Math.max(endRow, end)),
    });
    return withSource(handler, rowSets);
  };
  let current = start();
  let row = 0;
  const failures: unknown[] = [];
  for (;;) {
    let answer: ArrowAnswer;
    try {
      if (!(await waitFor(current.hasMore()))) break;
      answer = await waitFor(current.fetchNext({ limit }));
    } catch (thrown) {
      const { kind, retryAfter } = sqlFailure(thrown, subject);
      failures.push(thrown);
      const isOutOfReach = followed === 0 && kind === 'broken' && !isExpiredLink(thrown);
      if (kind === 'final' || isOutOfReach || failures.length >= maxAttempts) throw failures[0];
      await pause(failures.length, retryAfter);
      current = start(row);
      continue;
    }
    if (answer.batches.length === 0) continue;
    row += answer.rowCount;
    followed++;
    failures.length = 0;
    yield answer;
  }
  if (row < endRow) throw new RowsSkippedError(row, 'no link');
}
