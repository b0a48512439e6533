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
  const isMany = dictionary.length > maxDictionary;
  if (!isMany && !isMostlyDistinct(dictionary.length, countPresent(codes))) return column;
  return { kind: 'text', values: textsOf(column) };
}

/** Whether so many distinct strings among so many cells that have one make a column of text. */
export function isMostlyDistinct(distinctCount: number, present: number): boolean {
  return distinctCount > fewValues && distinctCount > present / 2;
}

/** How many cells have a string. */
export function countPresent(codes: Int32Array): number {
  let present = 0;
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) present++;
  return present;
}

/** The string of each row. */
export function textsOf({ codes, dictionary }: CategoricalColumn): (string | null)[] {
  const texts = new Array<string | null>(codes.length);
  for (let row = 0; row < codes.length; row++) texts[row] = dictionary[codes[row]!] ?? null;
  return texts;
}
