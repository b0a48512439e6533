/** When categories count as rare. */
export interface RareLimits {
  /** The most categories to keep, the group of rare ones counted as one of them. */
  readonly maxCategories?: number;
  /** Categories in fewer rows than this are rare. */
  readonly minRows?: number;
}

/**
 * Which categories are rare enough to be grouped as one. Among equally frequent ones the later
 * stays. As in scikit-learn, a column of exactly `maxCategories` categories has its rarest grouped.
 *
 * @param counts rows of each category, in category order.
 * @returns one flag a category.
 * @see scikit-learn OneHotEncoder: max_categories, min_frequency.
 */
export function groupRare(counts: readonly number[], limits: RareLimits): boolean[] {
  const { maxCategories = Infinity, minRows = 0 } = limits;
  const isRare = counts.map((count) => count < minRows);
  const frequentCount = isRare.filter((rare) => !rare).length;
  if (frequentCount + 1 <= maxCategories) return isRare;
  const ascending = counts.map((_, i) => i).sort((a, b) => counts[a]! - counts[b]! || a - b);
  for (const i of ascending.slice(0, counts.length - (maxCategories - 1))) isRare[i] = true;
  return isRare;
}
