import type { Cells } from '../cells.ts';
import { textAt } from '../cells.ts';
import { type Category, compareCategories } from '../count-categories.ts';
import { CategoriesTooManyError } from '../errors.ts';
import { drawMean } from '../fit-target-encoding.ts';
import { type Spread, addToSpread, openSpread } from './spread.ts';

/** What the categories of one column say about each target. */
export interface CategoryMeans {
  readonly categories: readonly Category[];
  /** One list a target, one value a category. */
  readonly values: readonly (readonly number[])[];
  /** One a target, for missing cells. */
  readonly missing: readonly number[];
  /** One a target: its mean. */
  readonly unknown: readonly number[];
}

/** Gathers the targets of each category from chunk to chunk. */
export interface TargetSumsAccumulator {
  /** @param targets each with one finite number a row; as many targets each time. */
  add(cells: Cells, targets: readonly Float64Array[]): void;
  finish(smoothing: 'auto' | number): CategoryMeans;
}

/**
 * Gather the targets of each category of a column.
 *
 * @throws {CategoriesTooManyError} from `add`, when there are more than `most` categories.
 */
export function collectTargetSums(column: string, most: number): TargetSumsAccumulator {
  const ofCategory = new Map<Category, Spread[]>();
  const ofMissing: Spread[] = [];
  const ofAll: Spread[] = [];

  function spreadsOf(category: Category | null): Spread[] {
    if (category === null) return ofMissing;
    let spreads = ofCategory.get(category);
    if (spreads === undefined) ofCategory.set(category, (spreads = []));
    return spreads;
  }

  return {
    add(cells, targets) {
      targets.forEach((target, i) => {
        for (let row = 0; row < target.length; row++) {
          addToSpread((ofAll[i] ??= openSpread(target[row]!)), target[row]!);
          const spreads = spreadsOf(categoryAt(cells, row));
          addToSpread((spreads[i] ??= openSpread(target[row]!)), target[row]!);
        }
      });
      if (ofCategory.size > most) throw new CategoriesTooManyError(column, most);
    },
    finish(smoothing) {
      const categories = [...ofCategory.keys()].sort(compareCategories);
      const meansOf = (i: number, spreads: Spread[]) => {
        const { mean, variance } = summarize(ofAll[i]!);
        const spread = spreads[i];
        const sums = spread === undefined ? none : summarize(spread);
        return drawMean(sums, { mean, variance }, smoothing);
      };
      return {
        categories,
        values: ofAll.map((_, i) => categories.map((key) => meansOf(i, ofCategory.get(key)!))),
        missing: ofAll.map((_, i) => meansOf(i, ofMissing)),
        unknown: ofAll.map((all) => summarize(all).mean),
      };
    },
  };
}

const none = { count: 0, sum: 0, squares: 0 };

function summarize({ count, sum, squares }: Spread): {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
  readonly mean: number;
  readonly variance: number;
} {
  return { count, sum, squares, mean: sum / count, variance: squares / count };
}

function categoryAt(cells: Cells, row: number): Category | null {
  if (!(cells instanceof Float64Array)) return textAt(cells, row);
  return Number.isNaN(cells[row]) ? null : cells[row]!;
}
