import { countMissingCells } from '../missing-cells.ts';
import type { Accumulator } from './learn-columns.ts';

/** The number of missing cells. */
export function collectMissing(): Accumulator<number> {
  let missing = 0;
  return {
    add(cells) {
      missing += countMissingCells(cells);
    },
    finish: () => missing,
  };
}
