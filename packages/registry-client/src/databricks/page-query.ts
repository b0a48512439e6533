import type { Query } from '../http/http-client.ts';
import type { PageRequest } from '../registry.ts';

/** A page of a listing as a query. */
export function pageQuery({ maxResults, pageToken }: PageRequest): Query {
  return {
    max_results: maxResults === undefined ? undefined : String(maxResults),
    page_token: pageToken,
  };
}
