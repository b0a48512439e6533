import { batchRows } from '../field-batch.ts';
import { CONSTANTS_END, DIVISION_BYTES, SLOT_BITS, SLOT_BYTES } from './cells-layout.ts';
import { LOOK_AHEAD, SPARE_PLACES } from './scan-layout.ts';

/** Room for the parameters of any kernel. */
export const JOB_BYTES = 128;
/** As many zeros lie in front of the constants. */
const zeroBytes = 16;
const slotsBytes = 67_108_864;
/** So many places fit in the cache next to the processor; and those of so many rows are worth a turn. */
const placesAtOnce = 4096;
const rowsAtOnce = 8;

/** Where one batch is made: addresses in bytes. */
export interface DeskPlan {
  readonly windowLength: number;
  readonly scanJob: number;
  readonly cellsJob: number;
  readonly window: number;
  readonly starts: number;
  readonly ends: number;
  readonly forms: number;
  readonly numbers: number;
  readonly rowStarts: number;
  readonly rowEnds: number;
  readonly lines: number;
  readonly codes: number;
  /** How far one column's codes lie behind those of the one in front of it; 0: they share room. */
  readonly codesStep: number;
  readonly packed: number;
  readonly divisions: number;
  readonly places: number;
  readonly lineEnds: number;
}

/** Where everything lies in the memory of the kernels that read cells: addresses in bytes. */
export interface CellMemoryPlan {
  readonly columnCount: number;
  readonly rowCapacity: number;
  /** How many texts the table of known ones has room for, at most; one table a column. */
  readonly slotCapacity: number;
  /** How many places of delimiters and line feeds are looked for at a time. */
  readonly placeCount: number;
  readonly constants: number;
  readonly slots: number;
  readonly desks: readonly DeskPlan[];
  readonly end: number;
}

/**
 * Lay out a memory for rows of so many columns, and desks with windows of so many bytes. The first
 * desk keeps the codes of one column only, the others those of all.
 */
export function planCellMemory(
  columnCount: number,
  windowLengths: readonly number[],
): CellMemoryPlan {
  // An odd number of cache lines a column, so that the columns' cells do not crowd in one set.
  const rowCapacity = (batchRows(columnCount) & ~31) + 16;
  const cellCapacity = columnCount * rowCapacity;
  const slotsFitting = Math.floor(Math.log2(slotsBytes / SLOT_BYTES / columnCount));
  const slotCapacity = 2 ** Math.min(SLOT_BITS, slotsFitting);
  const placeCount = Math.max(placesAtOnce, columnCount * rowsAtOnce);
  let end = 0;
  const place = (bytes: number) => {
    const at = end;
    end += Math.ceil(bytes / 64) * 64;
    return at;
  };
  const planDesk = (windowLength: number, desk: number): DeskPlan => ({
    windowLength,
    scanJob: place(JOB_BYTES),
    cellsJob: place(JOB_BYTES),
    window: place(windowLength + LOOK_AHEAD),
    starts: place(cellCapacity * 4),
    ends: place(cellCapacity * 4),
    forms: place(cellCapacity),
    numbers: place(cellCapacity * 8),
    rowStarts: place(rowCapacity * 4),
    rowEnds: place(rowCapacity * 4),
    lines: place(rowCapacity * 8),
    codes: place((desk === 0 ? rowCapacity : cellCapacity) * 4),
    codesStep: desk === 0 ? 0 : rowCapacity * 4,
    packed: place(windowLength + LOOK_AHEAD),
    divisions: place(rowCapacity * DIVISION_BYTES),
    places: place((placeCount + SPARE_PLACES) * 4),
    lineEnds: place((placeCount + SPARE_PLACES) * 4),
  });
  const addresses = {
    constants: place(zeroBytes + CONSTANTS_END) + zeroBytes,
    slots: place(slotCapacity * SLOT_BYTES * columnCount),
    desks: windowLengths.map(planDesk),
  };
  return { columnCount, rowCapacity, slotCapacity, placeCount, ...addresses, end };
}
