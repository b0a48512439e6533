import { ValueInvalidError } from './value-errors.ts';

/**
 * How many results a page may hold.
 *
 * @throws {ValueInvalidError} unless a whole number from 1 to `most`.
 */
export function pageLimit(
  maxResults: number | undefined,
  { usual, most }: { readonly usual: number; readonly most: number },
): number {
  const limit = maxResults ?? usual;
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > most) {
    throw new ValueInvalidError(
      'max_results',
      `must be a whole number from 1 to ${most}, not ${String(limit)}.`,
    );
  }
  return limit;
}
