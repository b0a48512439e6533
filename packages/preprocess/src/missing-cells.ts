import type { Cells } from './cells.ts';

/** The number of missing cells. */
export function countMissingCells(cells: Cells): number {
  let missing = 0;
  if (cells instanceof Float64Array) {
    for (let row = 0; row < cells.length; row++) if (Number.isNaN(cells[row])) missing++;
  } else if (cells.kind === 'text') {
    for (let row = 0; row < cells.values.length; row++) if (cells.values[row] == null) missing++;
  } else {
    for (let row = 0; row < cells.codes.length; row++) if (cells.codes[row]! < 0) missing++;
  }
  return missing;
}

/** 1 where the cell is missing, else 0. */
export function markMissing(cells: Cells, rowCount: number): Float64Array {
  const marks = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const isMissing =
      cells instanceof Float64Array
        ? Number.isNaN(cells[row])
        : cells.kind === 'text'
          ? cells.values[row] == null
          : cells.codes[row]! < 0;
    if (isMissing) marks[row] = 1;
  }
  return marks;
}

/** The name of the column that says where another one misses cells. */
export function missingName(column: string): string {
  return `${column}=(missing)`;
}
