/**
 * Splits that ask whether a value's category is in a set, as bit sets: a category in the set goes
 * left, any other right, and a missing value where `missingLeft` says. A value stands for the
 * category of its whole part; one of -1 or less, or beyond the set's last word, is in no set.
 */
export interface CategorySets {
  /** One entry a node: the set that the node asks for; -1 = it compares with its threshold, or is a leaf. */
  readonly setOf: Int32Array;
  /** Length sets + 1: the words of set `s` are `starts[s] .. starts[s + 1] - 1`. */
  readonly starts: Int32Array;
  /** 32 categories a word: category `c` of a set is bit `c % 32` of the set's word `floor(c / 32)`. */
  readonly words: Int32Array;
}

/**
 * Whether the category that `value` stands for is in a set.
 *
 * @param value not NaN.
 */
export function isInCategorySet(sets: CategorySets, set: number, value: number): boolean {
  const start = sets.starts[set]!;
  const size = (sets.starts[set + 1]! - start) * 32;
  // A value between -1 and 0 is below the size of an empty set too.
  if (size === 0 || !(value > -1 && value < size)) return false;
  const category = Math.trunc(value);
  return ((sets.words[start + (category >>> 5)]! >>> (category & 31)) & 1) === 1;
}

/** The categories in a set, ascending. */
export function categoriesOfSet({ starts, words }: CategorySets, set: number): number[] {
  const categories: number[] = [];
  for (let at = starts[set]!; at < starts[set + 1]!; at++) {
    for (let bit = 0; bit < 32; bit++) {
      if ((words[at]! >>> bit) & 1) categories.push((at - starts[set]!) * 32 + bit);
    }
  }
  return categories;
}
