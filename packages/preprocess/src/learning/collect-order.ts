import { numbersIn } from '../cells.ts';
import { medianOf, medianOfSorted } from '../median-of.ts';
import { type SortedNumbers, sortPresent } from '../quantile-of-sorted.ts';
import type { Accumulator } from './learn-columns.ts';
import type { LearningContext } from './learner.ts';
import { type QuantileSketch, createQuantileSketch } from './quantile-sketch.ts';

/** What the numbers of a column are when they are sorted, NaN aside. */
export interface OrderStatistics {
  median(): number;
  sorted(): SortedNumbers;
  /** The numbers as they came; of a sketch, ascending ones that lie as they do, fewer than they. */
  spread(): Float64Array;
}

/** As many as are taken from a sketch; more of them would say no more than it knows. */
const spreadNumbers = 65_536;

/**
 * Gather the order of a column's numbers: exactly while no more than `mostValues` have come, from
 * then on as a sketch of bounded size.
 */
export function collectOrder(
  column: string,
  { mostValues, onEstimate }: LearningContext,
): Accumulator<OrderStatistics> {
  // The first chunk is not copied: it may be the whole table.
  let first: Float64Array | undefined;
  let kept = new Float64Array();
  let count = 0;
  let sketch: QuantileSketch | undefined;

  function keep(values: Float64Array): void {
    if (count + values.length > kept.length) {
      const grown = new Float64Array(Math.max(count + values.length, 2 * kept.length));
      grown.set(kept.subarray(0, count));
      kept = grown;
    }
    for (let row = 0; row < values.length; row++) {
      const value = values[row]!;
      if (!Number.isNaN(value)) kept[count++] = value;
    }
  }

  function startSketch(): QuantileSketch {
    const begun = createQuantileSketch();
    for (let i = 0; i < count; i++) begun.add(kept[i]!);
    kept = new Float64Array();
    onEstimate(column);
    return begun;
  }

  return {
    add(cells) {
      const values = numbersIn(cells);
      if (sketch !== undefined) {
        for (const value of values) if (!Number.isNaN(value)) sketch.add(value);
        return;
      }
      if (first === undefined && count === 0 && values.length <= mostValues) {
        first = values;
        return;
      }
      if (first !== undefined) keep(first);
      first = undefined;
      keep(values);
      if (count > mostValues) sketch = startSketch();
    },
    finish() {
      if (sketch !== undefined) {
        const sorted = sketch.sorted();
        return {
          sorted: () => sorted,
          median: () => medianOfSorted(sorted),
          spread: () => spreadOf(sorted),
        };
      }
      const values = first ?? kept.subarray(0, count);
      return {
        sorted: () => sortPresent(values),
        median: () => medianOf(values),
        spread: () => values.filter((value) => !Number.isNaN(value)),
      };
    },
  };
}

/** The middles of equal shares of the numbers. */
function spreadOf(sorted: SortedNumbers): Float64Array {
  const share = sorted.length / spreadNumbers;
  return Float64Array.from({ length: spreadNumbers }, (_, i) =>
    sorted.at(Math.floor((i + 0.5) * share))!,
  );
}
