import type { Table } from '@gnu-mlops/core';
import { type CellWriterOptions, createCellWriter } from './cell-writer.ts';

/** Rows as they stand in a file: they lie in `bytes` from `starts[row]` to before `ends[row]`. */
export interface RowBytes {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly rowCount: number;
}

/** What stands around the added cells of a row. */
export interface RowFrame extends CellWriterOptions {
  /** Before the cell of each added column. */
  readonly before: (name: string, index: number) => string;
  /** Behind the last cell. */
  readonly behind: string;
}

/** Every row's own bytes, untouched, then its added cells; good until the next call. */
export type RowExtender = (rows: RowBytes, added: Table) => Uint8Array;

/** Extend rows chunk by chunk, in memory that is used again: a long file leaves no garbage. */
export function createRowExtender(frame: RowFrame): RowExtender {
  const behind = Buffer.from(frame.behind);
  let target = Buffer.alloc(0);

  return (rows, added) => {
    const cells = Array.from(added.columns, ([name, column], index) => ({
      before: Buffer.from(frame.before(name, index)),
      ...createCellWriter(column, frame),
    }));
    const { bytes, starts, ends, rowCount } = rows;
    const most = cells.reduce(
      (sum, { before, maxBytes }) => sum + before.length + maxBytes,
      behind.length,
    );
    const expected = countBytes(rows) + rowCount * Math.min(most, usualBytes) + most;
    if (target.length < expected) target = Buffer.allocUnsafeSlow(Math.ceil(expected * 1.1));
    let at = 0;
    for (let row = 0; row < rowCount; row++) {
      const start = starts[row]!;
      const end = ends[row]!;
      if (at + end - start + most > target.length) {
        const grown = Buffer.allocUnsafeSlow((target.length + end - start + most) * 2);
        target.copy(grown, 0, 0, at);
        target = grown;
      }
      for (let i = start; i < end; i++) target[at++] = bytes[i]!;
      for (let c = 0; c < cells.length; c++) {
        const { before, write } = cells[c]!;
        for (let i = 0; i < before.length; i++) target[at++] = before[i]!;
        at = write(row, target, at);
      }
      for (let i = 0; i < behind.length; i++) target[at++] = behind[i]!;
    }
    return target.subarray(0, at);
  };
}

/** More than the added cells of most rows take. */
const usualBytes = 96;

function countBytes({ starts, ends, rowCount }: RowBytes): number {
  return rowCount === 0 ? 0 : ends[rowCount - 1]! - starts[0]!;
}
