import type { SQLInputValue } from 'node:sqlite';
import type { Page } from '../entities.ts';
import type { SearchLoggedModelsRequest } from '../logged-model-requests.ts';
import { pageLimit } from '../page-limit.ts';
import { formatPageToken, parsePageToken } from '../page-token.ts';
import type { SearchRequest } from '../registry.ts';
import { compileFilter } from './compile-filter.ts';
import { compileOrderBy, formatOrderBy } from './compile-order-by.ts';
import type { SearchTarget } from './search-target.ts';
import type { Store } from './store.ts';

/** One search: which rows, and what becomes of a page of them. */
export interface PageSearch<Row, Item> {
  readonly target: SearchTarget;
  /** `SELECT ... FROM ... e WHERE ...`, with parameters of its own. */
  readonly select: string;
  readonly parameters: readonly SQLInputValue[];
  readonly pageSize: { readonly usual: number; readonly most: number };
  readonly toItems: (rows: Row[]) => Item[];
}

/**
 * Run one page of a search. A page that something follows carries a token.
 *
 * @throws {FilterInvalidError | OrderByInvalidError | PageTokenInvalidError | ValueInvalidError}
 */
export function searchPage<Row, Item>(
  store: Store,
  request: Omit<SearchRequest, 'orderBy'> & Pick<SearchLoggedModelsRequest, 'orderBy'>,
  search: PageSearch<Row, Item>,
): Page<Item> {
  const limit = pageLimit(request.maxResults, search.pageSize);
  const offset = parsePageToken(request.pageToken);
  const condition = compileFilter(request.filter, search.target);
  const order = formatOrderBy(compileOrderBy(request.orderBy ?? [], search.target));
  return store.db.read(() => {
    const rows = store.db.allOnce<Row>(
      `${search.select} AND ${condition.sql} ORDER BY ${order.sql} LIMIT ? OFFSET ?`,
      [...search.parameters, ...condition.parameters, ...order.parameters, limit + 1, offset],
    );
    const items = search.toItems(rows.slice(0, limit));
    return rows.length <= limit
      ? { items }
      : { items, nextPageToken: formatPageToken(offset + limit) };
  });
}
