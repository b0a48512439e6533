import {
  type Fold,
  type Split,
  splitByTime,
  splitGroupFolds,
  splitGroups,
  splitTimeFolds,
} from '@gnu-mlops/preprocess';
import type { RowOrder } from './training-set.ts';

/** Rows to split by groups or times. */
export interface OrderedRows extends RowOrder {
  /** Class codes, one a row: groups are then chosen so that classes keep their proportions. */
  readonly labels?: Int32Array;
}

/**
 * Set a share of the rows aside: the latest where they have times, whole groups where they have
 * groups.
 *
 * @returns undefined where they have neither.
 * @throws {SplitInvalidError} when a side would be empty.
 */
export function splitInOrder(
  { times, groups, labels }: OrderedRows,
  { share, seed }: { readonly share: number; readonly seed: number },
): Split | undefined {
  if (times !== undefined) return splitByTime({ times, testSize: share });
  if (groups === undefined) return undefined;
  return splitGroups({ groups, testSize: share, seed, ...(labels && { labels }) });
}

/**
 * Deal rows into the rounds of a cross-validation: by time where they have times, where the first rows
 * are in no test; by whole groups where they have groups.
 *
 * @returns undefined where they have neither.
 * @throws {SplitInvalidError} when the rows cannot be dealt like this.
 */
export function dealInOrder(
  { times, groups, labels }: OrderedRows,
  { folds, seed }: { readonly folds: number; readonly seed: number },
): Fold[] | undefined {
  if (times !== undefined) return splitTimeFolds({ times, folds });
  if (groups === undefined) return undefined;
  return splitGroupFolds({ groups, folds, seed, ...(labels && { labels }) });
}
