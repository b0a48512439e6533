import { PageTokenInvalidError } from './search-errors.ts';

/** The token of the page that starts at `offset`, in MLflow's form: base64 of `{"offset": N}`. */
export function formatPageToken(offset: number): string {
  return btoa(JSON.stringify({ offset }));
}

/**
 * Where the page of a token starts; 0 without a token.
 *
 * @throws {PageTokenInvalidError}
 */
export function parsePageToken(token: string | undefined): number {
  if (token === undefined || token === '') return 0;
  let offset: unknown;
  try {
    offset = (JSON.parse(atob(token)) as { offset?: unknown } | null)?.offset;
  } catch {
    throw new PageTokenInvalidError();
  }
  if (!Number.isSafeInteger(offset) || (offset as number) < 0) throw new PageTokenInvalidError();
  return offset as number;
}
