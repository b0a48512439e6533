import { createCellWriter } from './cell-writer.ts';
import type { RowBytes, RowExtender, RowFrame } from './row-frame.ts';

/** Extend rows in TypeScript, whatever the columns; the kernels do what this does. */
export function createScriptExtender(frame: RowFrame): RowExtender {
  const behind = Buffer.from(frame.behind);
  let target = Buffer.alloc(0);

  return (rows, added) => {
    const cells = Array.from(added.columns, ([name, column], index) => ({
      before: Buffer.from(frame.before(name, index)),
      ...createCellWriter(column, frame),
    }));
    const { starts, ends, rowCount } = rows;
    const most = cells.reduce(
      (sum, { before, maxBytes }) => sum + before.length + maxBytes,
      behind.length,
    );
    const own = ownBytes(rows);
    const expected = own.length * 2 + rowCount * Math.min(most, usualBytes) + most;
    if (target.length < expected) target = Buffer.allocUnsafeSlow(Math.ceil(expected * 1.1));
    // Rows wait at the end: within one memory, bytes are moved without a loop of ours.
    let shift = target.length - own.length - (starts[0] ?? 0);
    target.set(own, target.length - own.length);
    let at = 0;
    for (let row = 0; row < rowCount; row++) {
      const length = ends[row]! - starts[row]!;
      if (at + most > starts[row]! + shift) {
        const waiting = target.subarray(starts[row]! + shift);
        const larger = Buffer.allocUnsafeSlow((target.length + most) * 2);
        target.copy(larger, 0, 0, at);
        waiting.copy(larger, larger.length - waiting.length);
        shift += larger.length - target.length;
        target = larger;
      }
      const start = starts[row]! + shift;
      target.copyWithin(at, start, start + length);
      at += length;
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

/** From the first row's beginning to the last one's end. */
function ownBytes({ bytes, starts, ends, rowCount }: RowBytes): Uint8Array {
  return rowCount === 0 ? bytes.subarray(0, 0) : bytes.subarray(starts[0], ends[rowCount - 1]);
}
