import type { ColumnSpec } from '@gnu-mlops/core';
import { ColumnDuplicateError } from './format-errors.ts';

/**
 * Check that no two columns have the same name, of those that a signature wants where there is one.
 *
 * @throws {ColumnDuplicateError}
 */
export function checkNamesDiffer(
  header: readonly string[],
  signature: readonly ColumnSpec[] | undefined,
  source: string,
): void {
  const wanted = signature && new Set(signature.map(({ name }) => name));
  const same = findSame(header, (name) => (wanted?.has(name) === false ? undefined : name));
  if (same !== undefined) throw new ColumnDuplicateError(source, header, same);
}

/**
 * Check that SQL can tell all columns apart: to it `A` is `a`, while `Ä` and `ä` differ.
 *
 * @throws {ColumnDuplicateError}
 */
export function checkNamesDifferInSql(header: readonly string[], source: string): void {
  const same = findSame(header, (name) => name.replace(/[A-Z]/g, (x) => x.toLowerCase()));
  if (same !== undefined) throw new ColumnDuplicateError(source, header, same);
}

/** The places, from 0, of the first two names with the same key; one without a key is passed over. */
function findSame(
  header: readonly string[],
  keyOf: (name: string) => string | undefined,
): readonly [number, number] | undefined {
  const placeOf = new Map<string, number>();
  for (const [place, name] of header.entries()) {
    const key = keyOf(name);
    if (key === undefined) continue;
    const earlier = placeOf.get(key);
    if (earlier !== undefined) return [earlier, place];
    placeOf.set(key, place);
  }
  return undefined;
}
