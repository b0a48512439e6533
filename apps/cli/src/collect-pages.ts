import type { Page, PageRequest } from '@gnu-mlops/registry-client';

/** Every item of a paged search, in order. */
export async function collectPages<T>(
  fetchPage: (request: PageRequest) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = [];
  let pageToken: string | undefined;
  do {
    const page: Page<T> = await fetchPage(pageToken === undefined ? {} : { pageToken });
    items.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return items;
}
