import {
  type ResultLink,
  type RowSet,
  type RowSetProvider,
  type RowSetSource,
  rawValues,
} from './raw-result.ts';
import { RowsSkippedError } from './rows-skipped-error.ts';

/**
 * The row sets of a result in order, none left out. The server has one position in a result: a fetch
 * whose answer got lost on its way may have moved it on, and only the number of the next row tells.
 *
 * @throws {RowsSkippedError} from `fetchNext`.
 */
export function checkedRowSets(provider: RowSetProvider): RowSetSource {
  let next = 0;
  return {
    hasMore: () => provider.hasMore(),
    async fetchNext(options) {
      const rowSet = await provider.fetchNext(options);
      const first = rowSet?.startRowOffset?.toNumber(true) ?? 0;
      if (first > next) throw new RowsSkippedError(next, `row ${first + 1}`);
      next += countRows(rowSet);
      return rowSet;
    },
  };
}

/** Where in a result the links begin that are asked for. */
export interface LinkedRowSetsOptions {
  /**
   * The number of the first row, from 0. Left out: the first of all, as far as the server has not sent
   * links yet.
   */
  readonly from?: number;
  /** Whether enough links wait to be followed: then no more are asked for. */
  readonly hasEnough: (given: number) => boolean;
  /** Told the number of the row behind a link. */
  readonly onLink: (endRow: number) => void;
}

/**
 * Links to the rows of a result, in order, none left out. With `from` the server is asked for them by
 * the number of their first row, which makes new links to rows whose links have expired; from there on
 * every request says which rows it wants.
 *
 * @see https://github.com/databricks/databricks-jdbc/pull/1066
 * @throws {RowsSkippedError} from `fetchNext`.
 */
export function linkedRowSets(
  provider: RowSetProvider,
  { from, hasEnough, onLink }: LinkedRowSetsOptions,
): RowSetSource {
  let next = from ?? 0;
  let given = 0;
  let isStarted = from === undefined;
  return {
    hasMore: async () => !isStarted || provider.hasMore(),
    async fetchNext({ limit }) {
      if (hasEnough(given)) return undefined;
      if (isStarted && !(await provider.hasMore())) return undefined;
      const rowSet =
        from === undefined
          ? await provider.fetchNext({ limit })
          : await fetchAt(provider, next, limit);
      const links = rowSet?.resultLinks ?? [];
      if (!isStarted && links.length === 0) throw new RowsSkippedError(next, 'no link');
      for (const link of links) next = follow(link, next);
      if (links.length > 0) onLink(next);
      given += links.length;
      isStarted = true;
      return rowSet;
    },
  };
}

/** Fetch rows by the number of the first. */
async function fetchAt(
  provider: RowSetProvider,
  startRowOffset: number,
  maxRows: number,
): Promise<RowSet | undefined> {
  const { operationHandle, context } = provider;
  const driver = await context.getDriver();
  const position = { orientation: fetchNextOrientation, startRowOffset, maxRows };
  const response = await driver.fetchResults({ operationHandle, fetchType: 0, ...position });
  return provider.processFetchResponse(response);
}

/** The protocol's `FETCH_NEXT`. */
const fetchNextOrientation = 0;

/** The number of the row behind a link, which must begin where the one before ended. */
function follow({ startRowOffset, rowCount }: ResultLink, next: number): number {
  const first = startRowOffset.toNumber(true);
  if (first !== next) throw new RowsSkippedError(next, `row ${first + 1}`);
  return first + rowCount.toNumber(true);
}

function countRows({ arrowBatches, columns }: RowSet = {}): number {
  if (columns?.[0] !== undefined) return rawValues(columns[0]).values.length;
  return (arrowBatches ?? []).reduce((sum, { rowCount }) => sum + rowCount.toNumber(true), 0);
}
