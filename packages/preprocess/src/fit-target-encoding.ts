import { createCategoryCoder } from './category-coder.ts';
import type { Cells } from './cells.ts';
import { type Category, compareCategories, countCategories } from './count-categories.ts';
import type { Fold } from './split-folds.ts';

/** One column of categories and one target. */
export interface TargetEncodingRequest {
  readonly cells: Cells;
  /** One a row, finite. */
  readonly target: Float64Array;
  readonly smoothing: 'auto' | number;
  /** Each row is in the test of one of them. */
  readonly folds: readonly Fold[];
}

/** What the categories of one column say about one target. */
export interface TargetEncoding {
  readonly categories: readonly Category[];
  /** One a category. */
  readonly values: readonly number[];
  readonly missing: number;
  /** The mean of the target. */
  readonly unknown: number;
  /** For each training row what the folds say that it is not in. */
  readonly trainingCells: Float64Array;
}

/** Learn smoothed target means of categories, over all rows and over all folds but each. */
export function fitTargetEncoding(request: TargetEncodingRequest): TargetEncoding {
  const { cells, target, smoothing, folds } = request;
  const categories = [...countCategories(cells).counts.keys()].sort(compareCategories);
  const code = createCategoryCoder({
    column: '',
    codeOf: new Map(categories.map((category, i) => [category, i])),
    missing: categories.length,
    unknown: 'error',
  });
  const codes = code(cells);
  const codeCount = categories.length + 1;
  const trainingCells = new Float64Array(target.length);
  for (const { train, test } of folds) {
    const { means } = smoothMeans({ codes, codeCount, target, smoothing }, train);
    for (const row of test) trainingCells[row] = means[codes[row]!]!;
  }
  const everyRow = Int32Array.from(target, (_, row) => row);
  const { means, mean } = smoothMeans({ codes, codeCount, target, smoothing }, everyRow);
  return {
    categories,
    values: [...means.subarray(0, categories.length)],
    missing: means[categories.length]!,
    unknown: mean,
    trainingCells,
  };
}

interface CodedRows {
  readonly codes: Int32Array;
  readonly codeCount: number;
  readonly target: Float64Array;
  readonly smoothing: 'auto' | number;
}

/** The mean target of some rows, and of each code among them, drawn towards it. */
function smoothMeans(
  { codes, codeCount, target, smoothing }: CodedRows,
  rows: Int32Array,
): { mean: number; means: Float64Array } {
  let sum = 0;
  for (const row of rows) sum += target[row]!;
  const mean = sum / rows.length;
  const counts = new Float64Array(codeCount);
  const sums = new Float64Array(codeCount);
  for (const row of rows) {
    counts[codes[row]!]!++;
    sums[codes[row]!]! += target[row]!;
  }
  const squares = new Float64Array(codeCount);
  let variance = 0;
  for (const row of smoothing === 'auto' ? rows : []) {
    const code = codes[row]!;
    const distance = target[row]! - sums[code]! / counts[code]!;
    squares[code]! += distance * distance;
    variance += (target[row]! - mean) ** 2;
  }
  variance /= rows.length;
  const means = sums.map((sum, code) =>
    drawMean({ count: counts[code]!, sum, squares: squares[code]! }, { mean, variance }, smoothing),
  );
  return { mean, means };
}

/** The target over the rows of one category. */
export interface TargetSums {
  readonly count: number;
  readonly sum: number;
  /** Squared distances from the category's mean. */
  readonly squares: number;
}

/** The mean target of a category, drawn towards that of all rows the fewer rows it has. */
export function drawMean(
  { count, sum, squares }: TargetSums,
  all: { readonly mean: number; readonly variance: number },
  smoothing: 'auto' | number,
): number {
  if (smoothing !== 'auto') {
    const weight = count + smoothing;
    return weight === 0 ? all.mean : (sum + smoothing * all.mean) / weight;
  }
  const weight = (all.variance * count) / (all.variance * count + squares / count);
  return Number.isNaN(weight) ? all.mean : weight * (sum / count) + (1 - weight) * all.mean;
}
