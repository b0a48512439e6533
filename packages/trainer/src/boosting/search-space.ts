import type { BinnedFeature } from './binned-feature.ts';

/** What a tree may look at. */
export interface SearchSpace {
  /** The columns of bins in use, ascending. */
  readonly columns: Int32Array;
  /** Whether these are all columns. */
  readonly isComplete: boolean;
  /** The features of numbers in use: column after column the first of the columns. */
  readonly numbers: readonly BinnedFeature[];
  /** The features of categories in use. */
  readonly categorical: readonly BinnedFeature[];
}

/**
 * The columns of features.
 *
 * @param features those in use, those of numbers first.
 * @param featureCount how many there are in all.
 */
export function openSearchSpace(
  features: readonly BinnedFeature[],
  featureCount: number,
): SearchSpace {
  const columns = features.flatMap(({ column, categories }) =>
    Array.from({ length: categories?.columnCount ?? 1 }, (_, part) => column + part),
  );
  return {
    columns: Int32Array.from(columns),
    isComplete: features.length === featureCount,
    numbers: features.filter(({ categories }) => categories === undefined),
    categorical: features.filter(({ categories }) => categories !== undefined),
  };
}
