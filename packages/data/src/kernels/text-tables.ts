import { SLOT_BYTES } from './cells-layout.ts';
import type { KernelSource } from './open-kernels.ts';
import type { CellMemoryPlan } from './plan-cell-memory.ts';

const fewestSlots = 256;
/** A table that did not help is not cleared for so many owners; then it is tried again. */
const mostRefusals = 15;

/** Says whose numbering of texts each column's table holds, and how large the tables are. */
export interface TextTables {
  /**
   * Make a column's table one of `owner`.
   *
   * @returns false where it must stay another's, or knew hardly a text of the last owner's.
   */
  give(column: number, owner: object): boolean;
  /** Say how many of so many texts of a column its table did not know. */
  tell(column: number, unknown: number, rowCount: number): void;
  slotCountOf(column: number): number;
  /** Forget a column's texts and have room for more, where there is room. */
  enlarge(column: number): void;
}

/** Whether tables of a useful size fit. */
export function haveTables({ slotCapacity }: CellMemoryPlan): boolean {
  return slotCapacity >= fewestSlots;
}

/**
 * The tables of a memory. They begin small, which is fast, and grow; where other threads look into
 * them, they are as large as can be from the start, and nothing is ever forgotten.
 */
export function createTextTables(source: KernelSource, plan: CellMemoryPlan): TextTables {
  const { columnCount, slotCapacity, slots } = plan;
  const isShared = plan.desks.length > 1;
  const tables = Array.from({ length: columnCount }, () => ({
    owner: undefined as object | undefined,
    refused: undefined as object | undefined,
    refusals: 0,
    isHelpful: true,
    slotCount: isShared ? slotCapacity : fewestSlots,
  }));

  function clear(column: number, slotCount: number): void {
    tables[column]!.slotCount = slotCount;
    const at = slots + column * slotCapacity * SLOT_BYTES;
    new Uint8Array(source.memory.buffer, at, slotCount * SLOT_BYTES).fill(0);
  }

  return {
    give(column, owner) {
      const table = tables[column]!;
      if (table.owner === owner) return true;
      if (table.refused === owner) return false;
      if (table.owner !== undefined) {
        if (isShared) return false;
        if (!table.isHelpful && table.refusals < mostRefusals) {
          table.refusals++;
          table.refused = owner;
          return false;
        }
        clear(column, table.isHelpful ? table.slotCount : fewestSlots);
      }
      table.refusals = 0;
      table.owner = owner;
      return true;
    },
    tell(column, unknown, rowCount) {
      tables[column]!.isHelpful = unknown * 2 <= rowCount;
    },
    slotCountOf: (column) => tables[column]!.slotCount,
    enlarge(column) {
      const { slotCount } = tables[column]!;
      if (slotCount < slotCapacity) clear(column, Math.min(slotCapacity, slotCount * 4));
    },
  };
}
