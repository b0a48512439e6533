import { powersOfTen } from '../divide-exactly.ts';
import type { ByteWindow } from '../byte-window.ts';
import type { FieldBatch } from '../field-batch.ts';
import type { RowScanner } from '../scan-rows.ts';
import {
  CELLS_BASE,
  CELLS_ENDS,
  CELLS_FORMS,
  CELLS_MASKS,
  CELLS_POWERS,
  CELLS_RESULTS,
  CELLS_ROW_COUNT,
  CELLS_SLOTS,
  CELLS_SLOT_MASK,
  CELLS_STARTS,
  MASKS_END,
  SLOT_BYTES,
} from './cells-layout.ts';
import { putMasks } from './put-masks.ts';
import type { ColumnKernels } from './column-kernels.ts';
import { openKernels } from './open-kernels.ts';
import { type CellMemoryPlan, JOB_BYTES, planCellMemory } from './plan-cell-memory.ts';
import {
  SCAN_BASE,
  SCAN_COLUMN_COUNT,
  SCAN_DELIMITER,
  SCAN_END,
  SCAN_ENDS,
  SCAN_FORMS,
  SCAN_IS_FINAL,
  SCAN_LINE,
  SCAN_LINES,
  SCAN_MAX_ROWS,
  SCAN_ROW_CAPACITY,
  SCAN_ROW_COUNT,
  SCAN_ROW_ENDS,
  SCAN_ROW_STARTS,
  SCAN_START,
  SCAN_STARTS,
} from './scan-layout.ts';

/** Finds rows in a window and reads their cells into one batch; both lie in the kernels' memory. */
export interface CellKernels extends ColumnKernels {
  readonly batch: FieldBatch;
  /** Where the window's bytes must lie. */
  readonly windowBytes: Buffer;
  /**
   * As `scanRows`, but `numbers` is left alone, and it stops in front of a row that is cut off, ragged
   * or faulty.
   */
  scanRows(scanner: RowScanner, window: ByteWindow, maxRows: number): void;
}

const fewestSlots = 256;

/** Kernels for rows of so many columns; undefined where there are none, or too many columns. */
export function openCellKernels(
  columnCount: number,
  windowLength: number,
): CellKernels | undefined {
  const plan = planCellMemory(columnCount, windowLength);
  const { rowCapacity, slotCapacity } = plan;
  if (slotCapacity < fewestSlots) return undefined;
  const opened = openKernels(plan.end);
  if (opened === undefined) return undefined;
  const { kernels, memory } = opened;
  const columnSlots = slotCapacity * SLOT_BYTES;

  new Float64Array(memory, plan.powers, powersOfTen.length).set(powersOfTen);
  putMasks(new DataView(memory, plan.masks, MASKS_END));
  const scan = new DataView(memory, plan.scanJob, JOB_BYTES);
  const cells = new Uint32Array(memory, plan.cellsJob, JOB_BYTES / 4);
  const tables = Array.from({ length: columnCount }, () => ({
    owner: undefined as object | undefined,
    slotCount: fewestSlots,
  }));
  let column = 0;
  const batch = viewBatch(memory, plan, columnCount);
  put(scan, [
    [SCAN_BASE, plan.window],
    [SCAN_COLUMN_COUNT, columnCount],
    [SCAN_ROW_CAPACITY, rowCapacity],
    [SCAN_STARTS, plan.starts],
    [SCAN_ENDS, plan.ends],
    [SCAN_FORMS, plan.forms],
    [SCAN_ROW_STARTS, plan.rowStarts],
    [SCAN_ROW_ENDS, plan.rowEnds],
    [SCAN_LINES, plan.lines],
  ]);
  cells[CELLS_BASE >> 2] = plan.window;
  cells[CELLS_POWERS >> 2] = plan.powers;
  cells[CELLS_MASKS >> 2] = plan.masks;

  function turnTo(next: number, results: number): void {
    column = next;
    const first = column * rowCapacity;
    cells[CELLS_ROW_COUNT >> 2] = batch.rowCount;
    cells[CELLS_STARTS >> 2] = plan.starts + first * 4;
    cells[CELLS_ENDS >> 2] = plan.ends + first * 4;
    cells[CELLS_FORMS >> 2] = plan.forms + first;
    cells[CELLS_RESULTS >> 2] = results;
    cells[CELLS_SLOTS >> 2] = plan.slots + column * columnSlots;
    cells[CELLS_SLOT_MASK >> 2] = tables[column]!.slotCount - 1;
  }

  function clearTable(slotCount: number): void {
    tables[column]!.slotCount = slotCount;
    new Uint8Array(memory, plan.slots + column * columnSlots, slotCount * SLOT_BYTES).fill(0);
    cells[CELLS_SLOT_MASK >> 2] = slotCount - 1;
  }

  const cellKernels: CellKernels = {
    batch,
    windowBytes: Buffer.from(memory, plan.window, windowLength),
    codes: new Int32Array(memory, plan.codes, rowCapacity),
    scanRows(scanner, window, maxRows) {
      put(scan, [
        [SCAN_START, window.start],
        [SCAN_END, window.end],
        [SCAN_IS_FINAL, Number(window.isFinal)],
        [SCAN_DELIMITER, scanner.delimiter],
        [SCAN_MAX_ROWS, Math.min(maxRows, rowCapacity)],
      ]);
      scan.setFloat64(SCAN_LINE, scanner.line, true);
      kernels.scanRows(plan.scanJob);
      window.start = scan.getUint32(SCAN_START, true);
      scanner.line = scan.getFloat64(SCAN_LINE, true);
      batch.bytes = window.bytes;
      batch.kernels = cellKernels;
      batch.rowCount = scan.getUint32(SCAN_ROW_COUNT, true);
    },
    readNumbers(next) {
      turnTo(next, plan.numbers + next * rowCapacity * 8);
      return kernels.readNumbers(plan.cellsJob);
    },
    lookUpTexts(next, owner) {
      turnTo(next, plan.codes);
      const table = tables[next]!;
      if (table.owner !== owner) {
        table.owner = owner;
        clearTable(table.slotCount);
      }
      return kernels.lookUpTexts(plan.cellsJob);
    },
    rememberText(row, code) {
      if (kernels.rememberText(plan.cellsJob, row, code) !== 0) return;
      const { slotCount } = tables[column]!;
      if (slotCount < slotCapacity) clearTable(Math.min(slotCapacity, slotCount * 4));
    },
  };
  return cellKernels;
}

function viewBatch(memory: ArrayBuffer, plan: CellMemoryPlan, columnCount: number): FieldBatch {
  const { rowCapacity } = plan;
  const cellCapacity = columnCount * rowCapacity;
  return {
    columnCount,
    rowCapacity,
    rowCount: 0,
    bytes: Buffer.alloc(0),
    starts: new Int32Array(memory, plan.starts, cellCapacity),
    ends: new Int32Array(memory, plan.ends, cellCapacity),
    forms: new Uint8Array(memory, plan.forms, cellCapacity),
    numbers: new Float64Array(memory, plan.numbers, cellCapacity),
    rowStarts: new Int32Array(memory, plan.rowStarts, rowCapacity),
    rowEnds: new Int32Array(memory, plan.rowEnds, rowCapacity),
    lines: new Float64Array(memory, plan.lines, rowCapacity),
    kernels: undefined,
  };
}

function put(view: DataView, fields: readonly (readonly [at: number, value: number])[]): void {
  for (const [at, value] of fields) view.setUint32(at, value, true);
}
