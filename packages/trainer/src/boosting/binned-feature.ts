/** A feature that can split rows. */
export interface BinnedFeature {
  /** Its place in the matrix. */
  readonly source: number;
  /** The first of its columns of bins. */
  readonly column: number;
  /** Borders between its bins, ascending; of categories: none. */
  readonly tops: Float64Array;
  /** 1, -1 or 0: scores may only rise with it, only fall, or do both. */
  readonly direction: number;
  /** Of numbers: undefined. */
  readonly categories: BinnedCategories | undefined;
}

/**
 * The categories of a feature. The place of a category is that of its code here; the category at
 * place `p` has the bin `p % 255` of the feature's column `floor(p / 255)`, and in all other columns
 * its rows have the bin after the last, as those of all categories that are not listed.
 */
export interface BinnedCategories {
  /** Ascending. */
  readonly codes: Int32Array;
  readonly columnCount: number;
  /**
   * Where there are several columns: the place of each row's category; that after the last for those
   * that are not listed.
   */
  readonly placeOfRow: Int32Array | undefined;
}
