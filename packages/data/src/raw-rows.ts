import type { RowBytes } from './extend/row-frame.ts';
import type { FieldBatch } from './field-batch.ts';
import { withRoom } from './grow.ts';

/** Collects copies of whole rows as they stand in the file. */
export interface RawRows {
  readonly rowCount: number;
  readonly byteCount: number;
  append(batch: FieldBatch): void;
  /** Start again in the same memory: what was collected before must not be used any more. */
  reset(): void;
  /** What was collected; good until `reset`. */
  finish(): { readonly rows: RowBytes; readonly lines: Float64Array };
}

/**
 * Start without rows. What grows is copied and its former memory is garbage until it is collected: a
 * good guess of the size keeps a long stream small.
 */
export function createRawRows(
  expected: { readonly rows: number; readonly bytes: number } = { rows: 64, bytes: 4096 },
): RawRows {
  let bytes = new Uint8Array(expected.bytes);
  let used = 0;
  let starts = new Int32Array(expected.rows);
  let ends = new Int32Array(expected.rows);
  let lines = new Float64Array(expected.rows);
  let rowCount = 0;

  return {
    get rowCount() {
      return rowCount;
    },
    get byteCount() {
      return used;
    },
    append({ bytes: source, rowCount: count, rowStarts, rowEnds, lines: batchLines }) {
      const from = rowStarts[0]!;
      const length = rowEnds[count - 1]! - from;
      bytes = withRoom(bytes, used + length);
      bytes.set(source.subarray(from, from + length), used);
      starts = withRoom(starts, rowCount + count);
      ends = withRoom(ends, rowCount + count);
      lines = withRoom(lines, rowCount + count);
      for (let row = 0; row < count; row++) {
        starts[rowCount + row] = rowStarts[row]! - from + used;
        ends[rowCount + row] = rowEnds[row]! - from + used;
      }
      lines.set(batchLines.subarray(0, count), rowCount);
      rowCount += count;
      used += length;
    },
    reset() {
      rowCount = 0;
      used = 0;
    },
    finish: () => ({ rows: { bytes, starts, ends, rowCount }, lines: lines.subarray(0, rowCount) }),
  };
}
