import type { CategoricalColumn, TextColumn } from '@gnu-mlops/core';

const fewValues = 50;

/**
 * Tell categories from identifiers and free text: a column of strings is text when it has more than
 * 50 distinct values and they are more than half of its cells, or more of them than `maxDictionary`
 * (100,000).
 */
export function categoricalOrText(
  column: CategoricalColumn,
  maxDictionary = 100_000,
): CategoricalColumn | TextColumn {
  const { codes, dictionary } = column;
  const present = codes.reduce((count, code) => (code < 0 ? count : count + 1), 0);
  const isMostlyDistinct = dictionary.length > fewValues && dictionary.length > present / 2;
  if (!isMostlyDistinct && dictionary.length <= maxDictionary) return column;
  const values = new Array<string | null>(codes.length);
  for (let row = 0; row < codes.length; row++) values[row] = dictionary[codes[row]!] ?? null;
  return { kind: 'text', values };
}
