import type { Page } from '../entities.ts';
import { RemoteRefusedError } from '../remote-errors.ts';
import { PageTokenInvalidError } from '../search-errors.ts';
import { type WireObject, readObjects, readText } from './wire-values.ts';

/**
 * One page of what a search answered.
 *
 * @throws {PageTokenInvalidError} when the server does not know the token.
 */
export async function readPage<T>(
  asked: Promise<WireObject>,
  field: string,
  read: (wire: WireObject) => T,
): Promise<Page<T>> {
  try {
    const answer = await asked;
    const token = readText(answer, 'next_page_token');
    const items = readObjects(answer, field).map(read);
    return token === '' ? { items } : { items, nextPageToken: token };
  } catch (error) {
    if (error instanceof RemoteRefusedError && /page.?token/i.test(error.serverMessage)) {
      throw new PageTokenInvalidError();
    }
    throw error;
  }
}
