import type { Page, Run } from '../entities.ts';
import { pageLimit } from '../page-limit.ts';
import { formatPageToken, parsePageToken } from '../page-token.ts';
import type { SearchRunsRequest } from '../registry.ts';
import { experimentNumber } from './experiments.ts';
import { toRuns } from './run-rows.ts';
import { planRunSearch } from './plan-run-search.ts';
import { readPhases } from './read-phases.ts';
import type { Store } from './store.ts';

/**
 * Newest first unless ordered otherwise. A page that something follows carries a token.
 *
 * @throws {FilterInvalidError | OrderByInvalidError | PageTokenInvalidError | ValueInvalidError}
 */
export function searchRuns(store: Store, request: SearchRunsRequest): Page<Run> {
  const limit = pageLimit(request.maxResults, { usual: 1000, most: 50_000 });
  const offset = parsePageToken(request.pageToken);
  const numbers = [...new Set(request.experimentIds.map(experimentNumber))];
  return store.db.read(() => {
    const phases = planRunSearch(store, { ...request, numbers });
    const rows = readPhases(store, phases, { limit: limit + 1, offset });
    const items = toRuns(store, rows.slice(0, limit));
    return rows.length <= limit
      ? { items }
      : { items, nextPageToken: formatPageToken(offset + limit) };
  });
}
