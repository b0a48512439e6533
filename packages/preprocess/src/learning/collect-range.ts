import { numbersIn } from '../cells.ts';
import type { Accumulator } from './learn-columns.ts';

/** The smallest and the largest number of a column; Infinity and -Infinity where it has none. */
export interface Range {
  readonly smallest: number;
  readonly largest: number;
}

/** Gather the range of the cells that are not NaN. */
export function collectRange(): Accumulator<Range> {
  let smallest = Infinity;
  let largest = -Infinity;
  return {
    add(cells) {
      const values = numbersIn(cells);
      for (let row = 0; row < values.length; row++) {
        if (values[row]! < smallest) smallest = values[row]!;
        if (values[row]! > largest) largest = values[row]!;
      }
    },
    finish: () => ({ smallest, largest }),
  };
}
