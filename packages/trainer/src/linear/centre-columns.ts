import type { Pace } from '../pace.ts';
import type { NumberTarget, TrainingSet } from '../training-set.ts';
import { tellingWeights, weightedMean } from './linear-features.ts';

/** Features and a target as least squares takes them: moved, and each row weighed. */
export interface CentredColumns {
  /** Where each feature is moved to 0 from, then the target. */
  readonly centres: readonly number[];
  /** A power of two by which features are multiplied, so that their squares are numbers. */
  readonly scale: number;
  /** Write the values of a feature, or behind the last of the target, from the row `firstRow` on. */
  readonly fill: (into: Float64Array, column: number, firstRow: number) => void;
}

/** Multiplications that a value's part in a mean is worth. */
const CENTRE_WORK = 2;

/** Within these powers of two squares and their sums stay far from what doubles can hold. */
const SAFE_POWER = 100;

/** What multiplies the smallest of doubles to an ordinary number is a double itself. */
const MOST_POWER = 1000;

/** A penalty up to this power of two, and its root, stay far from what doubles can hold. */
const MOST_PENALTY_POWER = 500;

/** Find the means of features and target, where these are to be left out. */
export async function centreColumns(
  { matrix, weights, target }: TrainingSet<NumberTarget>,
  { centre, alpha }: { readonly centre: 'mean' | 'none'; readonly alpha: number },
  pace: Pace,
): Promise<CentredColumns> {
  const telling = tellingWeights(weights);
  const roots = telling?.map(Math.sqrt);
  const columns = [...matrix.columns, target.values];
  const centres: number[] = [];
  let largest = 0;
  for (const [j, column] of columns.entries()) {
    const mean = centre === 'mean' ? meanOf(column, telling) : 0;
    centres.push(mean);
    if (j < matrix.columns.length) largest = Math.max(largest, farthest(column, mean, roots));
    if (pace.isDue(CENTRE_WORK * column.length)) await pace.rest();
  }
  const scale = scaleFor(largest, alpha);
  return {
    centres,
    scale,
    fill(into, column, firstRow) {
      const from = columns[column]!;
      const mean = centres[column]!;
      if (roots === undefined) move(into, from, { firstRow, mean });
      else moveAndWeigh(into, from, { firstRow, mean, roots });
      if (scale !== 1 && column < matrix.columns.length) multiply(into, scale);
    },
  };
}

/** The mean; of a constant column its value, from which a sum's rounding would leave a distance. */
function meanOf(column: Float64Array, telling: Float64Array | undefined): number {
  const first = column[0]!;
  for (let row = 1; row < column.length; row++) {
    if (column[row] !== first) return weightedMean(column, telling);
  }
  return first;
}

/** A power of two for features up to `largest`, whose square the penalty can be multiplied by. */
function scaleFor(largest: number, alpha: number): number {
  const power = Math.floor(Math.log2(largest));
  if (Math.abs(power) <= SAFE_POWER || largest === 0) return 1;
  const room = alpha === 0 ? Infinity : Math.max(0, (MOST_PENALTY_POWER - Math.log2(alpha)) / 2);
  return 2 ** Math.floor(Math.min(-power, MOST_POWER, room));
}

/** Which rows are written, and where they are moved from. */
interface Move {
  readonly firstRow: number;
  readonly mean: number;
}

function move(into: Float64Array, from: Float64Array, { firstRow, mean }: Move): void {
  for (let i = 0; i < into.length; i++) into[i] = from[firstRow + i]! - mean;
}

function moveAndWeigh(
  into: Float64Array,
  from: Float64Array,
  { firstRow, mean, roots }: Move & { readonly roots: Float64Array },
): void {
  for (let i = 0; i < into.length; i++) {
    into[i] = (from[firstRow + i]! - mean) * roots[firstRow + i]!;
  }
}

function multiply(values: Float64Array, factor: number): void {
  for (let i = 0; i < values.length; i++) values[i]! *= factor;
}

/** How far from its centre a value is at most, times the root of its weight. */
function farthest(column: Float64Array, centre: number, roots: Float64Array | undefined): number {
  if (roots === undefined) return farthestOfAll(column, centre);
  let most = 0;
  for (let row = 0; row < column.length; row++) {
    const distance = Math.abs(column[row]! - centre) * roots[row]!;
    if (distance > most) most = distance;
  }
  return most;
}

function farthestOfAll(column: Float64Array, centre: number): number {
  let least = Infinity;
  let most = -Infinity;
  for (let row = 0; row < column.length; row++) {
    const value = column[row]!;
    if (value > most) most = value;
    if (value < least) least = value;
  }
  return Math.max(most - centre, centre - least, 0);
}
