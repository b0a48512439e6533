import type { ByteWindow } from '../byte-window.ts';
import type { FieldBatch } from '../field-batch.ts';
import type { RowScanner } from '../scan-rows.ts';
import {
  CELLS_BASE,
  CELLS_ENDS,
  CELLS_FORMS,
  CELLS_CONSTANTS,
  CELLS_DIVISIONS,
  CELLS_PACKED,
  CELLS_RESULTS,
  CELLS_ROW_CAPACITY,
  CELLS_ROW_COUNT,
  CELLS_SLOTS,
  CELLS_SLOT_MASK,
  CELLS_STARTS,
  SLOT_BYTES,
} from './cells-layout.ts';
import type { PackedTexts } from './column-kernels.ts';
import { type KernelSource, openKernels } from './open-kernels.ts';
import { type CellMemoryPlan, type DeskPlan, JOB_BYTES } from './plan-cell-memory.ts';
import {
  SCAN_BASE,
  SCAN_COLUMN_COUNT,
  SCAN_CONSTANTS,
  SCAN_DELIMITER,
  SCAN_END,
  SCAN_ENDS,
  SCAN_FORMS,
  SCAN_IS_FINAL,
  SCAN_LINE,
  SCAN_LINES,
  SCAN_LINE_ENDS,
  SCAN_PLACES,
  SCAN_PLACE_COUNT,
  SCAN_MAX_ROWS,
  SCAN_ROW_CAPACITY,
  SCAN_ROW_COUNT,
  SCAN_ROW_ENDS,
  SCAN_ROW_STARTS,
  SCAN_START,
  SCAN_STARTS,
} from './scan-layout.ts';

/** What a desk must know of a scan. */
export type ScanState = Pick<RowScanner, 'delimiter' | 'line'>;

/** A place in the kernels' memory where one batch is made. */
export interface Desk {
  readonly batch: FieldBatch;
  /** Where the window's bytes must lie. */
  readonly windowBytes: Buffer;
  /** The codes of a column's texts, by the row. */
  codesOf(column: number): Int32Array;
  /**
   * As `scanRows`, but `numbers` is left alone, and it stops in front of a row that is cut off, ragged
   * or faulty.
   */
  scanRows(scanner: ScanState, window: ByteWindow, maxRows: number): void;
  /** Put a column's numbers, and which of them are whole, into the batch. @returns what was seen. */
  readNumbers(column: number): number;
  /** Put the codes of a column's texts into its codes. @returns how many are unknown. */
  lookUpTexts(column: number, slotCount: number): number;
  /** Know the text of a cell by its code. @returns whether a larger table could have taken it. */
  rememberText(cell: { column: number; row: number }, code: number, slotCount: number): boolean;
  packTexts(column: number): PackedTexts;
}

/** Sit down at a desk; from any thread, but one at a time. Undefined without WebAssembly. */
export function openDesk(
  source: KernelSource,
  plan: CellMemoryPlan,
  number: number,
): Desk | undefined {
  const kernels = openKernels(source);
  if (kernels === undefined) return undefined;
  const { buffer } = source.memory;
  const { columnCount, rowCapacity } = plan;
  const desk = plan.desks[number]!;
  const scan = new DataView(buffer, desk.scanJob, JOB_BYTES);
  const cells = new Uint32Array(buffer, desk.cellsJob, JOB_BYTES / 4);
  const batch = viewBatch(buffer, plan, desk);
  put(scan, [
    [SCAN_BASE, desk.window],
    [SCAN_COLUMN_COUNT, columnCount],
    [SCAN_ROW_CAPACITY, rowCapacity],
    [SCAN_STARTS, desk.starts],
    [SCAN_ENDS, desk.ends],
    [SCAN_FORMS, desk.forms],
    [SCAN_ROW_STARTS, desk.rowStarts],
    [SCAN_ROW_ENDS, desk.rowEnds],
    [SCAN_LINES, desk.lines],
    [SCAN_CONSTANTS, plan.constants],
    [SCAN_PLACES, desk.places],
    [SCAN_LINE_ENDS, desk.lineEnds],
    [SCAN_PLACE_COUNT, plan.placeCount],
  ]);
  cells[CELLS_BASE >> 2] = desk.window;
  cells[CELLS_CONSTANTS >> 2] = plan.constants;
  cells[CELLS_PACKED >> 2] = desk.packed;
  cells[CELLS_DIVISIONS >> 2] = desk.divisions;
  cells[CELLS_ROW_CAPACITY >> 2] = rowCapacity;

  function turnTo(column: number, results: number): void {
    const first = column * rowCapacity;
    cells[CELLS_ROW_COUNT >> 2] = batch.rowCount;
    cells[CELLS_STARTS >> 2] = desk.starts + first * 4;
    cells[CELLS_ENDS >> 2] = desk.ends + first * 4;
    cells[CELLS_FORMS >> 2] = desk.forms + first;
    cells[CELLS_RESULTS >> 2] = results;
  }

  function turnToTexts(column: number, slotCount: number): void {
    turnTo(column, desk.codes + column * desk.codesStep);
    cells[CELLS_SLOTS >> 2] = plan.slots + column * plan.slotCapacity * SLOT_BYTES;
    cells[CELLS_SLOT_MASK >> 2] = slotCount - 1;
  }

  const codes: Int32Array[] = [];

  function codesOf(column: number): Int32Array {
    return (codes[column] ??= new Int32Array(
      buffer,
      desk.codes + column * desk.codesStep,
      rowCapacity,
    ));
  }

  return {
    batch,
    windowBytes: Buffer.from(buffer, desk.window, desk.windowLength),
    codesOf,
    scanRows(scanner, window, maxRows) {
      put(scan, [
        [SCAN_START, window.start],
        [SCAN_END, window.end],
        [SCAN_IS_FINAL, Number(window.isFinal)],
        [SCAN_DELIMITER, scanner.delimiter],
        [SCAN_MAX_ROWS, Math.min(maxRows, rowCapacity)],
      ]);
      scan.setFloat64(SCAN_LINE, scanner.line, true);
      kernels.scanRows(desk.scanJob);
      window.start = scan.getUint32(SCAN_START, true);
      scanner.line = scan.getFloat64(SCAN_LINE, true);
      batch.bytes = window.bytes;
      batch.rowCount = scan.getUint32(SCAN_ROW_COUNT, true);
    },
    readNumbers(column) {
      turnTo(column, desk.numbers + column * rowCapacity * 8);
      return kernels.readNumbers(desk.cellsJob);
    },
    lookUpTexts(column, slotCount) {
      turnToTexts(column, slotCount);
      return kernels.lookUpTexts(desk.cellsJob);
    },
    rememberText({ column, row }, code, slotCount) {
      turnToTexts(column, slotCount);
      return kernels.rememberText(desk.cellsJob, row, code) === 0;
    },
    packTexts(column) {
      turnTo(column, desk.codes + column * desk.codesStep);
      const length = kernels.packTexts(desk.cellsJob);
      const isAscii = length >= 0;
      const bytes = Buffer.from(buffer, desk.packed, isAscii ? length : -length - 1);
      return { bytes, ends: codesOf(column), isAscii };
    },
  };
}

function viewBatch(buffer: SharedArrayBuffer, plan: CellMemoryPlan, desk: DeskPlan): FieldBatch {
  const { columnCount, rowCapacity } = plan;
  const cellCapacity = columnCount * rowCapacity;
  return {
    columnCount,
    rowCapacity,
    rowCount: 0,
    bytes: Buffer.alloc(0),
    starts: new Int32Array(buffer, desk.starts, cellCapacity),
    ends: new Int32Array(buffer, desk.ends, cellCapacity),
    forms: new Uint8Array(buffer, desk.forms, cellCapacity),
    numbers: new Float64Array(buffer, desk.numbers, cellCapacity),
    rowStarts: new Int32Array(buffer, desk.rowStarts, rowCapacity),
    rowEnds: new Int32Array(buffer, desk.rowEnds, rowCapacity),
    lines: new Float64Array(buffer, desk.lines, rowCapacity),
    kernels: undefined,
  };
}

function put(view: DataView, fields: readonly (readonly [at: number, value: number])[]): void {
  for (const [at, value] of fields) view.setUint32(at, value, true);
}
