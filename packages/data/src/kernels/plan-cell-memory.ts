import { powersOfTen } from '../divide-exactly.ts';
import { batchRows } from '../field-batch.ts';
import { INVERSES, MASKS_END, SLOT_BYTES } from './cells-layout.ts';
import { LOOK_AHEAD } from './scan-layout.ts';

/** Room for the parameters of any kernel. */
export const JOB_BYTES = 128;
/** As many zeros lie in front of the masks. */
const zeroBytes = 16;
const mostSlots = 16_384;
const slotsBytes = 67_108_864;

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
}

/** Where everything lies in the memory of the kernels that read cells: addresses in bytes. */
export interface CellMemoryPlan {
  readonly columnCount: number;
  readonly rowCapacity: number;
  /** How many texts the table of known ones has room for, at most; one table a column. */
  readonly slotCapacity: number;
  readonly powers: number;
  readonly masks: number;
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
  const slotCapacity = Math.min(mostSlots, 2 ** slotsFitting);
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
  });
  const addresses = {
    powers: place(INVERSES + powersOfTen.byteLength),
    masks: place(zeroBytes + MASKS_END) + zeroBytes,
    slots: place(slotCapacity * SLOT_BYTES * columnCount),
    desks: windowLengths.map(planDesk),
  };
  return { columnCount, rowCapacity, slotCapacity, ...addresses, end };
}
