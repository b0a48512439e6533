import { SLOT_BYTES } from './cells-layout.ts';
import type { KernelSource } from './open-kernels.ts';
import type { CellMemoryPlan } from './plan-cell-memory.ts';

const fewestSlots = 256;

/** Says whose numbering of texts each column's table holds, and how large the tables are. */
export interface TextTables {
  /** Make a column's table one of `owner`. @returns false where it must stay another's. */
  give(column: number, owner: object): boolean;
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
      if (table.owner !== undefined) {
        if (isShared) return false;
        clear(column, table.slotCount);
      }
      table.owner = owner;
      return true;
    },
    slotCountOf: (column) => tables[column]!.slotCount,
    enlarge(column) {
      const { slotCount } = tables[column]!;
      if (slotCount < slotCapacity) clear(column, Math.min(slotCapacity, slotCount * 4));
    },
  };
}
