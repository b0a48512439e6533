import { createRandom, shuffle } from '@gnu-mlops/core';

/**
 * Labels with the given number of rows of each class, shuffled.
 *
 * @param first the order in which the classes appear first; default: as it comes.
 */
export function labelsOf(counts: readonly number[], first: readonly number[] = []): Int32Array {
  const rest = counts.flatMap((count, label) =>
    Array.from({ length: count - (first.includes(label) ? 1 : 0) }, () => label),
  );
  return Int32Array.from([...first, ...shuffle(rest, createRandom(5))]);
}

/** How many of the rows have each label. */
export function countLabels(labels: Int32Array, rows: Int32Array): number[] {
  const counts = Array.from({ length: Math.max(...labels) + 1 }, () => 0);
  for (const row of rows) counts[labels[row]!]!++;
  return counts;
}
