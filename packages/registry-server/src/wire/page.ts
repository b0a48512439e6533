import type { Page, PageRequest } from '@gnu-mlops/registry-client';
import { list, text } from './field.ts';
import { nonEmpty } from './tags.ts';

/** What every search takes. */
export const searchFields = { filter: text, order_by: list(text), page_token: text };

/** What was asked for of a page, as it came over the wire. */
export interface WireSearch extends WirePage {
  readonly filter?: string;
  readonly order_by?: readonly string[];
}

interface WirePage {
  readonly page_token?: string;
  readonly max_results?: number;
}

/** Which page was asked for; an empty token means the first. */
export function readPage({ page_token: token = '', max_results: size }: WirePage): PageRequest {
  return {
    ...(token === '' ? {} : { pageToken: token }),
    ...(size === undefined ? {} : { maxResults: size }),
  };
}

/** What to search; an empty filter finds everything. */
export function readSearch(search: WireSearch): PageRequest & {
  readonly filter?: string;
  readonly orderBy?: readonly string[];
} {
  const { filter = '', order_by: orderBy } = search;
  return {
    ...readPage(search),
    ...(filter === '' ? {} : { filter }),
    ...(orderBy === undefined ? {} : { orderBy }),
  };
}

/** A page as the protocol writes it: `{ [name]: items, next_page_token }`. */
export function formatPage<T>(
  name: string,
  { items, nextPageToken }: Page<T>,
  format: (item: T) => object,
): object {
  return { [name]: nonEmpty(items.map(format)), next_page_token: nextPageToken };
}
