import type { RowBytes } from './extend/extend-rows.ts';
import type { FieldBatch } from './field-batch.ts';
import { withRoom } from './grow.ts';

/** Collects copies of whole rows as they stand in the file. */
export interface RawRows {
  readonly rowCount: number;
  append(batch: FieldBatch): void;
  /** What was collected. The collector must not be used afterwards. */
  finish(): { readonly rows: RowBytes; readonly lines: Float64Array };
}

/** Start without rows. */
export function createRawRows(): RawRows {
  let bytes: Uint8Array = new Uint8Array(0);
  let used = 0;
  let starts = new Int32Array(64);
  let ends = new Int32Array(64);
  let lines = new Float64Array(64);
  let rowCount = 0;

  return {
    get rowCount() {
      return rowCount;
    },
    append({ bytes: source, rowCount: count, rowStarts, rowEnds, lines: batchLines }) {
      const from = rowStarts[0]!;
      const length = rowEnds[count - 1]! - from;
      bytes = withRoom(bytes as Uint8Array<ArrayBuffer>, used + length);
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
    finish: () => ({ rows: { bytes, starts, ends, rowCount }, lines: lines.slice(0, rowCount) }),
  };
}
