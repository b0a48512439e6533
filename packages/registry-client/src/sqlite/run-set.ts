/** Some runs: 1 at the number of each that is one of them. */
export type RunSet = Uint8Array;

/** A set of the runs with these numbers. */
export function runSetOf(numbers: readonly number[]): RunSet {
  let greatest = 0;
  for (const number of numbers) if (number > greatest) greatest = number;
  const set = new Uint8Array(greatest + 1);
  for (const number of numbers) set[number] = 1;
  return set;
}

/** Those of a set that are also in another, or that are not; this is the first set, changed. */
export function narrow(set: RunSet, by: RunSet, keep: 'both' | 'others'): RunSet {
  const isKept = keep === 'both' ? 1 : 0;
  for (let number = 0; number < set.length; number++) {
    if ((by[number] ?? 0) !== isKept) set[number] = 0;
  }
  return set;
}

/** Those that are in one of two sets; this is the greater set, changed. */
export function widen(set: RunSet, by: RunSet): RunSet {
  if (by.length > set.length) return widen(by, set);
  for (let number = 0; number < by.length; number++) {
    if (by[number] === 1) set[number] = 1;
  }
  return set;
}

/** The numbers of a set, ascending. */
export function numbersOf(set: RunSet): number[] {
  const numbers: number[] = [];
  for (let number = 0; number < set.length; number++) if (set[number] === 1) numbers.push(number);
  return numbers;
}

/** How many runs are in a set. */
export function countOf(set: RunSet): number {
  let count = 0;
  for (const one of set) count += one;
  return count;
}
