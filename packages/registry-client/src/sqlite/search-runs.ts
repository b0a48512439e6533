import type { Page, Run } from '../entities.ts';
import { pageLimit } from '../page-limit.ts';
import { formatPageToken, parsePageToken } from '../page-token.ts';
import type { SearchRunsRequest } from '../registry.ts';
import { formatOrderBy } from './compile-order-by.ts';
import { findFirstRuns } from './first-runs.ts';
import { matchRuns } from './match-runs.ts';
import { orderRuns } from './order-runs.ts';
import { type RunRow, toRuns } from './run-rows.ts';
import { type RunSearch, type Window, readRunSearch } from './run-search.ts';
import type { Store } from './store.ts';

/** So few runs are looked at and sorted one by one faster than over whole indexes. */
const FEW_RUNS = 2000;

/**
 * Newest first unless ordered otherwise. A page that something follows carries a token.
 *
 * @throws {FilterInvalidError | OrderByInvalidError | PageTokenInvalidError | ValueInvalidError}
 */
export function searchRuns(store: Store, request: SearchRunsRequest): Page<Run> {
  const limit = pageLimit(request.maxResults, { usual: 1000, most: 50_000 });
  const offset = parsePageToken(request.pageToken);
  const search = readRunSearch(request);
  return store.db.read(() => {
    const rows = findRuns(store, search, { limit: limit + 1, offset });
    const items = toRuns(store, rows.slice(0, limit));
    return rows.length <= limit
      ? { items }
      : { items, nextPageToken: formatPageToken(offset + limit) };
  });
}

function findRuns(store: Store, search: RunSearch, window: Window): readonly RunRow[] {
  if (hasFewRuns(store, search)) return findOneByOne(store, search, window);
  return findFirstRuns(store, search, window) ?? findByIndexes(store, search, window);
}

function hasFewRuns(store: Store, { experiments }: RunSearch): boolean {
  const [count] = store.db.numbers(
    `SELECT count(*) FROM (SELECT 1 FROM runs INDEXED BY runs_newest_first
       WHERE experiment_id IN (SELECT value FROM json_each(?)) LIMIT ?)`,
    [JSON.stringify(experiments), FEW_RUNS + 1],
  );
  return count! <= FEW_RUNS;
}

/** What every search means, in one statement; slow where there are many runs. */
export function findOneByOne(
  store: Store,
  { experiments, condition, order }: RunSearch,
  { limit, offset }: Window,
): readonly RunRow[] {
  const { sql, parameters } = formatOrderBy(order);
  return store.db.allOnce<RunRow>(
    `SELECT e.* FROM runs e
     WHERE e.experiment_id IN (SELECT value FROM json_each(?)) AND ${condition.sql}
     ORDER BY ${sql} LIMIT ? OFFSET ?`,
    [JSON.stringify(experiments), ...condition.parameters, ...parameters, limit, offset],
  );
}

/** The same by going over whole indexes, of which none takes longer the rarer what is sought is. */
function findByIndexes(store: Store, search: RunSearch, window: Window): readonly RunRow[] {
  const numbers = orderRuns(
    { store, search, term: 0, fewRuns: FEW_RUNS },
    matchRuns(store, search),
    window,
  );
  return store.db.allOnce<RunRow>(
    `SELECT e.* FROM json_each(?) j CROSS JOIN runs e ON e.run_number = j.value ORDER BY j.key`,
    [JSON.stringify(numbers)],
  );
}
