import {
  SCAN_COLUMN_COUNT,
  SCAN_FORMS,
  SCAN_MAX_ROWS,
  SCAN_ROW_CAPACITY,
  SCAN_ROW_COUNT,
} from '../src/kernels/scan-layout';
import { scanAnyRows } from './scan-any-rows';
import { scanPlainRows } from './scan-plain-rows';

const FEWEST_ROWS: u32 = 8;
const MOST_ROWS: u32 = 2048;

/**
 * Find the whole rows of a window: see scanRows of the TypeScript twin. It stops in front of a row
 * that is cut off, ragged or faulty, which is left to the twin, as are the numbers.
 *
 * Plain rows have a fast way of their own. Rows that it leaves go the common way, the more of them at
 * a time the more often they come.
 */
export function scanRows(job: usize): void {
  const maxRows = load<u32>(job, SCAN_MAX_ROWS);
  store<u32>(job, 0, SCAN_ROW_COUNT);
  clearForms(job, maxRows);
  let limit = FEWEST_ROWS;
  for (;;) {
    const before = load<u32>(job, SCAN_ROW_COUNT);
    scanPlainRows(job);
    const plain = load<u32>(job, SCAN_ROW_COUNT);
    if (plain === maxRows) return;
    limit = plain - before < limit ? min(limit << 1, MOST_ROWS) : FEWEST_ROWS;
    scanAnyRows(job, limit);
    if (load<u32>(job, SCAN_ROW_COUNT) - plain < limit) return;
  }
}

/** Say of all cells that nothing was seen in them. */
function clearForms(job: usize, maxRows: u32): void {
  const forms = <usize>load<u32>(job, SCAN_FORMS);
  const columnCount = <usize>load<u32>(job, SCAN_COLUMN_COUNT);
  const rowCapacity = <usize>load<u32>(job, SCAN_ROW_CAPACITY);
  if (maxRows << 1 >= <u32>rowCapacity) {
    memory.fill(forms, 0, columnCount * rowCapacity);
    return;
  }
  for (let column: usize = 0; column < columnCount; column++) {
    memory.fill(forms + column * rowCapacity, 0, maxRows);
  }
}
