import { powersOfTen } from '../divide-exactly.ts';
import { batchRows } from '../field-batch.ts';
import { MASKS_END, SLOT_BYTES } from './cells-layout.ts';
import { LOOK_AHEAD } from './scan-layout.ts';

/** Room for the parameters of any kernel. */
export const JOB_BYTES = 128;
/** As many zeros lie in front of the masks. */
const zeroBytes = 16;
const mostSlots = 16_384;
const slotsBytes = 67_108_864;

/** Where everything lies in the memory of the kernels that read cells: addresses in bytes. */
export type CellMemoryPlan = ReturnType<typeof planCellMemory>;

/** Lay out a memory for a window of `windowLength` bytes and rows of so many columns. */
export function planCellMemory(columnCount: number, windowLength: number) {
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
  const addresses = {
    scanJob: place(JOB_BYTES),
    cellsJob: place(JOB_BYTES),
    powers: place(powersOfTen.byteLength),
    masks: place(zeroBytes + MASKS_END) + zeroBytes,
    window: place(windowLength + LOOK_AHEAD),
    starts: place(cellCapacity * 4),
    ends: place(cellCapacity * 4),
    forms: place(cellCapacity),
    numbers: place(cellCapacity * 8),
    rowStarts: place(rowCapacity * 4),
    rowEnds: place(rowCapacity * 4),
    lines: place(rowCapacity * 8),
    codes: place(rowCapacity * 4),
    /** The tables of known texts, one a column. */
    slots: place(slotCapacity * SLOT_BYTES * columnCount),
  };
  return { ...addresses, end, rowCapacity, slotCapacity };
}
