import { CONSTANTS_END, UNKNOWN_TEXT } from './cells-layout.ts';
import type { ColumnKernels } from './column-kernels.ts';
import { createKernelSource } from './create-kernel-source.ts';
import { type Desk, openDesk } from './open-desk.ts';
import type { KernelSource } from './open-kernels.ts';
import { type CellMemoryPlan, planCellMemory } from './plan-cell-memory.ts';
import { putConstants } from './put-constants.ts';
import { type TextTables, createTextTables, haveTables } from './text-tables.ts';

/** Kernels that read cells, the memory that they work on, and a desk for one thread. */
export interface CellKernels extends Pick<Desk, 'batch' | 'windowBytes' | 'scanRows'> {
  readonly source: KernelSource;
  readonly plan: CellMemoryPlan;
  readonly tables: TextTables;
}

/**
 * Kernels for rows of so many columns, with a desk for each window length; the first one is opened.
 *
 * @returns undefined where there are none, or too many columns.
 */
export function openCellKernels(
  columnCount: number,
  windowLengths: readonly number[],
): CellKernels | undefined {
  const plan = planCellMemory(columnCount, windowLengths);
  if (!haveTables(plan)) return undefined;
  const source = createKernelSource(plan.end);
  if (source === undefined) return undefined;
  const { buffer } = source.memory;
  putConstants(new DataView(buffer, plan.constants, CONSTANTS_END));
  const desk = openDesk(source, plan, 0);
  if (desk === undefined) return undefined;
  const tables = createTextTables(source, plan);
  const columns = columnKernels(desk, tables);
  return {
    source,
    plan,
    tables,
    batch: desk.batch,
    windowBytes: desk.windowBytes,
    scanRows(scanner, window, maxRows) {
      desk.scanRows(scanner, window, maxRows);
      desk.batch.kernels = columns;
    },
  };
}

/** What was found at a desk before it is asked for; undefined where it was not looked for. */
export interface Foresight {
  readNumbers(column: number): number | undefined;
  lookUpTexts(column: number): number | undefined;
}

/** The kernels of a desk for the columns of its batch. Only one thread may have a table remember. */
export function columnKernels(
  desk: Desk,
  tables: TextTables,
  foresight?: Foresight,
): ColumnKernels {
  let column = 0;
  let codes = desk.codesOf(0);
  let remembers = true;
  return {
    get codes() {
      return codes;
    },
    readNumbers: (next) => foresight?.readNumbers(next) ?? desk.readNumbers(next),
    lookUpTexts(next, owner) {
      if (next !== column) {
        column = next;
        codes = desk.codesOf(column);
      }
      remembers = tables.give(column, owner);
      if (remembers) {
        const slotCount = tables.slotCountOf(column);
        const unknown = foresight?.lookUpTexts(column) ?? desk.lookUpTexts(column, slotCount);
        tables.tell(column, unknown, desk.batch.rowCount);
        return unknown;
      }
      codes.fill(UNKNOWN_TEXT, 0, desk.batch.rowCount);
      return desk.batch.rowCount;
    },
    rememberText(row, code) {
      if (!remembers) return;
      const isTight = desk.rememberText({ column, row }, code, tables.slotCountOf(column));
      if (isTight) tables.enlarge(column);
    },
    packTexts: (next) => desk.packTexts(next),
  };
}
