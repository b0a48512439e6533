import type { CategoricalColumn, TextColumn } from '@gnu-mlops/core';

const fewValues = 50;
/** A column of more distinct strings is text, unless told otherwise. */
export const DEFAULT_MAX_DICTIONARY = 100_000;

/**
 * Tell categories from identifiers and free text: a column of strings is text when it has more than
 * 50 distinct values and they are more than half of its cells, or more of them than `maxDictionary`
 * (100,000).
 */
export function categoricalOrText(
  column: CategoricalColumn,
  maxDictionary = DEFAULT_MAX_DICTIONARY,
): CategoricalColumn | TextColumn {
  const { codes, dictionary } = column;
  if (dictionary.length <= Math.min(fewValues, maxDictionary)) return column;
  let present = 0;
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) present++;
  const isMostlyDistinct = dictionary.length > fewValues && dictionary.length > present / 2;
  if (!isMostlyDistinct && dictionary.length <= maxDictionary) return column;
  const values = new Array<string | null>(codes.length);
  for (let row = 0; row < codes.length; row++) values[row] = dictionary[codes[row]!] ?? null;
  return { kind: 'text', values };
}
