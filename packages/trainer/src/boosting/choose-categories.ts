import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import { TrainingInputError } from '../errors.ts';
import { CATEGORIES_PER_COLUMN } from './boosting-memory.ts';
import type { BoostingSettings } from './boosting-settings.ts';

/** Columns of bins that one feature has at most: the rarest of more categories are not told apart. */
const MOST_COLUMNS = 64;

/** The largest code, less one: a set of categories is stored as a bit a code. */
const MOST_CODES = 2 ** 20;

/** The categories of each feature that splits may name, ascending; undefined for a number. */
export type CategoryChoice = readonly (Int32Array | undefined)[];

/**
 * Choose the categories that are frequent enough to be named by a split; the others go where missing
 * ones go.
 *
 * @param weights one a row: what counts is a category's share of them.
 * @throws {TrainingInputError} naming a feature whose values are not whole numbers from 0.
 */
export function chooseCategories(
  matrix: FeatureMatrix,
  weights: Float64Array,
  { categories: rules }: Pick<BoostingSettings, 'categories'>,
): CategoryChoice {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // A node's gradients may make a category look more frequent than it is, but not four times.
  const leastRows = rules.minRowsPerCategory > 1 ? rules.minRowsPerCategory / 4 : 0;
  const least = (leastRows * total) / matrix.rowCount;
  return matrix.features.map(({ name, kind }, feature) => {
    if (kind !== 'categorical') return undefined;
    const counts = weighCodes(name, matrix.columns[feature]!, weights);
    const codes = Int32Array.from(counts.keys()).filter((code) => {
      return counts[code]! > 0 && counts[code]! >= least;
    });
    const most = MOST_COLUMNS * CATEGORIES_PER_COLUMN;
    if (codes.length <= most) return codes;
    codes.sort((a, b) => counts[b]! - counts[a]! || a - b);
    return codes.slice(0, most).sort();
  });
}

/** The weight of each code's rows. */
function weighCodes(name: string, column: Float64Array, weights: Float64Array): Float64Array {
  let largest = -1;
  column.forEach((code, row) => {
    if (Number.isNaN(code)) return;
    if (!Number.isInteger(code) || code < 0 || code >= MOST_CODES) {
      throw new TrainingInputError(
        name,
        `The feature "${name}" holds categories, and ${code} in row ${row + 1}: a category is a ` +
          `whole number from 0 to ${MOST_CODES - 1}, or missing. Number them from 0 upwards.`,
      );
    }
    largest = Math.max(largest, code);
  });
  const counts = new Float64Array(largest + 1);
  column.forEach((code, row) => {
    if (code === code) counts[code]! += weights[row]!;
  });
  return counts;
}
