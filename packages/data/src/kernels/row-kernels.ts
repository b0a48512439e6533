import { createKernelSource } from './create-kernel-source.ts';
import {
  COLUMN_BEFORE,
  COLUMN_BEFORE_LENGTH,
  COLUMN_BYTES,
  COLUMN_CELLS,
  COLUMN_LENGTHS,
  COPIED_AT_ONCE,
  FORMAT_COUNT,
  FORMAT_DECIMALS,
  FORMAT_LENGTHS,
  FORMAT_POWERS,
  FORMAT_SCALE,
  FORMAT_TEXTS,
  FORMAT_VALUES,
  JOIN_BASE,
  JOIN_BEHIND,
  JOIN_BEHIND_LENGTH,
  JOIN_COLUMNS,
  JOIN_COLUMN_COUNT,
  JOIN_ENDS,
  JOIN_ROW_COUNT,
  JOIN_STARTS,
  JOIN_TARGET,
  POWERS_END,
  SHORTEST,
  TEXT_SLOT_BYTES,
} from './format-layout.ts';
import { openKernels } from './open-kernels.ts';
import { JOB_BYTES } from './plan-cell-memory.ts';
import { putPowers } from './put-powers.ts';

/** So many rows are written at a time, so that all there is of them stays near the processor. */
export const rowsAtOnce = 256;
/** What these rows may have of their own. */
export const mostOwnBytes = 131_072;
/** What the added cells of one row may take, but for those whose text is put for them alone. */
export const mostAddedBytes = 8192;
export const mostAddedColumns = 128;
const textBytes = 131_072;
/** The most bytes of a character's code unit. */
const unitBytes = 3;

/** Where a text lies. */
export interface PutText {
  readonly address: number;
  readonly length: number;
}

/** The cells of an added column, of the rows at hand. */
export interface AddedCells {
  /** Where each row's text lies, and how long it is. */
  readonly addresses: Uint32Array;
  readonly lengths: Uint32Array;
  /** Have the cells be numbers' texts. A length of 0 stands for one that is to be put otherwise. */
  putNumbers(values: Float64Array, decimals: number | undefined): void;
}

/** Kernels that write rows, and the memory that they work on. */
export interface RowKernels {
  readonly columns: readonly AddedCells[];
  /** Keep a text. @returns undefined where there is no more room. */
  putText(text: string): PutText | undefined;
  /** How much of the room for texts is taken, and to take only so much again. */
  textEnd: number;
  /** What stands before the cells of each column, and behind the last. */
  frameRows(before: readonly PutText[], behind: PutText): void;
  /**
   * Join rows with their added cells.
   *
   * @param bytes their own: the rows lie from `starts` to before `ends`, counted from `origin`.
   * @returns the rows; good until the next call.
   */
  joinRows(rows: {
    readonly bytes: Uint8Array;
    readonly starts: Int32Array;
    readonly ends: Int32Array;
    readonly origin: number;
  }): Uint8Array;
}

/** Open kernels that write rows. @returns undefined where the host has no WebAssembly. */
export function openRowKernels(): RowKernels | undefined {
  const plan = planMemory();
  const source = createKernelSource(plan.end);
  const kernels = source && openKernels(source);
  if (kernels === undefined) return undefined;
  const { buffer } = source!.memory;
  putPowers(new DataView(buffer, plan.powers, POWERS_END));
  const memory = Buffer.from(buffer);
  const words = new Uint32Array(buffer);
  const format = new DataView(buffer, plan.formatJob, JOB_BYTES);
  format.setUint32(FORMAT_POWERS, plan.powers, true);
  const join = new DataView(buffer, plan.joinJob, JOB_BYTES);
  for (const [at, value] of [
    [JOIN_BASE, plan.own],
    [JOIN_STARTS, plan.starts],
    [JOIN_ENDS, plan.ends],
    [JOIN_TARGET, plan.target],
    [JOIN_COLUMNS, plan.columnRecords],
  ] as const) {
    join.setUint32(at, value, true);
  }
  let textEnd = 0;

  function openColumn({ values, texts, cells, lengths }: ColumnPlan): AddedCells {
    const addresses = new Uint32Array(buffer, cells, rowsAtOnce);
    const numbers = new Float64Array(buffer, values, rowsAtOnce);
    return {
      addresses,
      lengths: new Uint32Array(buffer, lengths, rowsAtOnce),
      putNumbers(from, decimals = SHORTEST) {
        numbers.set(from);
        format.setUint32(FORMAT_VALUES, values, true);
        format.setUint32(FORMAT_TEXTS, texts, true);
        format.setUint32(FORMAT_LENGTHS, lengths, true);
        format.setUint32(FORMAT_COUNT, from.length, true);
        format.setUint32(FORMAT_DECIMALS, decimals, true);
        format.setFloat64(FORMAT_SCALE, 10 ** decimals, true);
        kernels!.formatNumbers(plan.formatJob);
        for (let row = 0; row < from.length; row++) addresses[row] = texts + row * TEXT_SLOT_BYTES;
      },
    };
  }
  return {
    columns: plan.columns.map(openColumn),
    putText(text) {
      if (textEnd + text.length * unitBytes > textBytes) return undefined;
      const address = plan.texts + textEnd;
      const length = memory.write(text, address);
      textEnd += length;
      return { address, length };
    },
    get textEnd() {
      return textEnd;
    },
    set textEnd(end) {
      textEnd = end;
    },
    frameRows(before, behind) {
      join.setUint32(JOIN_COLUMN_COUNT, before.length, true);
      join.setUint32(JOIN_BEHIND, behind.address, true);
      join.setUint32(JOIN_BEHIND_LENGTH, behind.length, true);
      for (const [index, { address, length }] of before.entries()) {
        const record = plan.columnRecords + index * COLUMN_BYTES;
        words[(record + COLUMN_BEFORE) >> 2] = address;
        words[(record + COLUMN_BEFORE_LENGTH) >> 2] = length;
        words[(record + COLUMN_CELLS) >> 2] = plan.columns[index]!.cells;
        words[(record + COLUMN_LENGTHS) >> 2] = plan.columns[index]!.lengths;
      }
    },
    joinRows({ bytes, starts, ends, origin }) {
      memory.set(bytes, plan.own);
      for (let row = 0; row < starts.length; row++) {
        words[(plan.starts >> 2) + row] = starts[row]! - origin;
        words[(plan.ends >> 2) + row] = ends[row]! - origin;
      }
      join.setUint32(JOIN_ROW_COUNT, starts.length, true);
      const length = kernels.joinRows(plan.joinJob);
      return memory.subarray(plan.target, plan.target + length);
    },
  };
}

interface ColumnPlan {
  readonly values: number;
  readonly texts: number;
  readonly cells: number;
  readonly lengths: number;
}

/** Lay out the memory: addresses in bytes. What is not used of it costs nothing. */
function planMemory() {
  let end = 0;
  const place = (bytes: number) => {
    const at = end;
    end += Math.ceil((bytes + COPIED_AT_ONCE) / 64) * 64;
    return at;
  };
  const planColumn = (): ColumnPlan => ({
    values: place(rowsAtOnce * 8),
    texts: place(rowsAtOnce * TEXT_SLOT_BYTES),
    cells: place(rowsAtOnce * 4),
    lengths: place(rowsAtOnce * 4),
  });
  const addresses = {
    formatJob: place(JOB_BYTES),
    joinJob: place(JOB_BYTES),
    powers: place(POWERS_END),
    columnRecords: place(mostAddedColumns * COLUMN_BYTES),
    starts: place(rowsAtOnce * 4),
    ends: place(rowsAtOnce * 4),
    texts: place(textBytes),
    own: place(mostOwnBytes),
    target: place(mostOwnBytes + textBytes + rowsAtOnce * mostAddedBytes),
    columns: Array.from({ length: mostAddedColumns }, planColumn),
  };
  return { ...addresses, end };
}
