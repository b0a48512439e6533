import type { SortedNumbers } from '../quantile-of-sorted.ts';

/** Numbers of a sketch level; each stands for as many as its level says. */
interface Level {
  readonly numbers: Float64Array;
  count: number;
  /** Whether the next halving keeps the first of each pair or the second. */
  keepsSecond: boolean;
}

/** Numbers per level; even, as they are halved in pairs. */
const levelSize = 16_384;

/**
 * A summary of any number of numbers from which their quantiles can be estimated. A full level is
 * sorted, every other number of it goes up one level and stands for twice as many.
 *
 * Places are wrong by at most `log2(n / 16384) / 16384` of all numbers, which is less than 0.1 % up
 * to a billion; the smallest and the largest number are exact. A level takes 128 KiB.
 *
 * @see Manku, Rajagopalan, Lindsay, "Approximate medians and other quantiles in one pass" (1998).
 */
export interface QuantileSketch {
  /** @param value not NaN. */
  add(value: number): void;
  sorted(): SortedNumbers;
}

/** An empty sketch. */
export function createQuantileSketch(): QuantileSketch {
  const levels: Level[] = [];
  let smallest = Infinity;
  let largest = -Infinity;

  function push(height: number, value: number): void {
    levels[height] ??= { numbers: new Float64Array(levelSize), count: 0, keepsSecond: false };
    const level = levels[height];
    level.numbers[level.count++] = value;
    if (level.count < levelSize) return;
    level.numbers.sort();
    for (let i = level.keepsSecond ? 1 : 0; i < levelSize; i += 2) {
      push(height + 1, level.numbers[i]!);
    }
    level.keepsSecond = !level.keepsSecond;
    level.count = 0;
  }

  return {
    add(value) {
      if (value < smallest) smallest = value;
      if (value > largest) largest = value;
      push(0, value);
    },
    sorted() {
      const entries = levels.flatMap(({ numbers, count }, height) =>
        Array.from(numbers.subarray(0, count), (value) => ({ value, weight: 2 ** height })),
      );
      entries.sort((a, b) => a.value - b.value || 0);
      let length = 0;
      const ends = Float64Array.from(entries, ({ weight }) => (length += weight));
      return {
        length,
        at(place) {
          if (place <= 0) return smallest;
          if (place >= length - 1) return largest;
          return entries[firstAbove(ends, place)]!.value;
        },
      };
    },
  };
}

/** The first position whose number is above the bound. */
function firstAbove(ascending: Float64Array, bound: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}
