import type { SortedNumbers } from './quantile-of-sorted.ts';

/**
 * The middle of the numbers that are not NaN; of two middle ones, their mean. Sorts no more of them
 * than it must.
 *
 * @returns NaN when there are none.
 */
export function medianOf(values: Float64Array): number {
  const present = presentOf(values);
  if (present.length === 0) return NaN;
  const middle = present.length >>> 1;
  selectPlace(present, middle);
  const high = present[middle]!;
  if (present.length % 2 === 1) return high;
  // All before the place are no larger than it: the other middle one is their largest.
  let low = -Infinity;
  for (let i = 0; i < middle; i++) if (present[i]! > low) low = present[i]!;
  return between(low, high);
}

/** As {@link medianOf}, of numbers that are sorted already. */
export function medianOfSorted(sorted: SortedNumbers): number {
  if (sorted.length === 0) return NaN;
  const middle = sorted.length >>> 1;
  const high = sorted.at(middle)!;
  return sorted.length % 2 === 1 ? high : between(sorted.at(middle - 1)!, high);
}

function between(low: number, high: number): number {
  return low === high ? low : high - (high - low) * 0.5;
}

/** Numbers that are still not in place then were chosen to be slow: they are sorted. */
const mostRounds = 100;

/** A copy without NaN; a callback a cell would take longer than all the rest. */
function presentOf(values: Float64Array): Float64Array {
  const present = new Float64Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    present[count] = value;
    if (!Number.isNaN(value)) count++;
  }
  return present.subarray(0, count);
}

/**
 * Move numbers until the one at `place` is what it would be if they were sorted, with none larger
 * before it and none smaller behind.
 *
 * @see Hoare, "Algorithm 65: find" (1961); the pivot is the median of three.
 */
function selectPlace(numbers: Float64Array, place: number): void {
  let start = 0;
  let end = numbers.length - 1;
  for (let round = 0; start < end; round++) {
    if (round === mostRounds) {
      numbers.subarray(start, end + 1).sort();
      return;
    }
    const pivot = middleOf(numbers[start]!, numbers[(start + end) >>> 1]!, numbers[end]!);
    let left = start;
    let right = end;
    while (left <= right) {
      while (numbers[left]! < pivot) left++;
      while (numbers[right]! > pivot) right--;
      if (left > right) break;
      const held = numbers[left]!;
      numbers[left++] = numbers[right]!;
      numbers[right--] = held;
    }
    if (place <= right) end = right;
    else if (place >= left) start = left;
    else return;
  }
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
