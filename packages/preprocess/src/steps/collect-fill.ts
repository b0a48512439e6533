import { holdsText, numbersIn } from '../cells.ts';
import { checkFinite } from '../check-finite.ts';
import { type Category, type CategoryCounts, compareCategories } from '../count-categories.ts';
import { StepColumnKindError } from '../errors.ts';
import { collectCategories } from '../learning/collect-categories.ts';
import { collectMissing } from '../learning/collect-missing.ts';
import { collectMoments } from '../learning/collect-moments.ts';
import { collectOrder } from '../learning/collect-order.ts';
import type { Accumulator } from '../learning/learn-columns.ts';
import type { LearningContext } from '../learning/learner.ts';
import type { LayoutColumn } from '../step-definition.ts';
import type { ImputeSpec } from './impute.ts';

/** How many cells of a column are missing, and what to fill them with. */
export interface LearntFill {
  readonly missing: number;
  /** Only for a column that has a value. */
  fill(): Category;
}

/**
 * Gather what the missing cells of a column are to be filled with.
 *
 * @throws {StepColumnKindError} from `fill`, when the strategy cannot fill a column of this kind.
 */
export function collectFill(
  spec: ImputeSpec,
  column: LayoutColumn,
  context: LearningContext,
): Accumulator<LearntFill> {
  const missing = collectMissing();
  const fill = collectStrategy(spec, column, context);
  return {
    add(cells) {
      missing.add(cells);
      fill?.add(cells);
    },
    finish: () => ({ missing: missing.finish(), fill: () => fill?.finish() ?? spec.value! }),
  };
}

function collectStrategy(
  { strategy, value }: ImputeSpec,
  column: LayoutColumn,
  context: LearningContext,
): Accumulator<Category> | undefined {
  const { name, kind } = column;
  const isText = holdsText(kind);
  switch (strategy) {
    case 'constant':
      return isText === (typeof value === 'string')
        ? undefined
        : refuseFill(column, `${typeof value}s (its constant is one)`);
    case 'most_frequent':
    case 'mode':
      return collectFinite(name, collectCategories(name, context.mostCategories), mostFrequent);
    default:
      if (isText) return refuseFill(column, `numbers (${strategy})`);
      return strategy === 'mean'
        ? collectFinite(name, collectMoments(), ({ mean }) => mean)
        : collectFinite(name, collectOrder(name, context), (order) => order.median());
  }
}

/** A column without a value needs no fill, so that whether one can be had is seen at the end. */
function refuseFill(column: LayoutColumn, wanted: string): Accumulator<Category> {
  return {
    add: () => undefined,
    finish() {
      throw new StepColumnKindError('impute', column, wanted);
    },
  };
}

function collectFinite<Statistic>(
  column: string,
  accumulator: Accumulator<Statistic>,
  fillOf: (statistic: Statistic) => Category,
): Accumulator<Category> {
  return {
    add(cells) {
      if (cells instanceof Float64Array) checkFinite(column, numbersIn(cells));
      accumulator.add(cells);
    },
    finish: () => fillOf(accumulator.finish()),
  };
}

function mostFrequent({ counts }: CategoryCounts): Category {
  let best: readonly [category: Category, count: number] | undefined;
  for (const [category, count] of counts) {
    const isBetter =
      best === undefined ||
      count > best[1] ||
      (count === best[1] && compareCategories(category, best[0]) < 0);
    if (isBetter) best = [category, count];
  }
  return best![0];
}
