import type { FieldBatch } from './field-batch.ts';
import { withRoom } from './grow.ts';

/** Collects copies of whole rows as they stand in the file. */
export interface RawRows {
  readonly rowCount: number;
  append(batch: FieldBatch): void;
  finish(): { rawRows: Uint8Array[]; lines: Float64Array };
}

/** Start without rows. */
export function createRawRows(): RawRows {
  const rows: Uint8Array[] = [];
  let lines = new Float64Array(64);

  return {
    get rowCount() {
      return rows.length;
    },
    append({ bytes, rowCount, rowStarts, rowEnds, lines: batchLines }) {
      lines = withRoom(lines, rows.length + rowCount);
      lines.set(batchLines.subarray(0, rowCount), rows.length);
      const from = rowStarts[0]!;
      // One copy of all, since the batch's memory is used again; each row is a view of it.
      const copy = new Uint8Array(bytes.subarray(from, rowEnds[rowCount - 1]));
      for (let row = 0; row < rowCount; row++) {
        rows.push(copy.subarray(rowStarts[row]! - from, rowEnds[row]! - from));
      }
    },
    finish: () => ({ rawRows: rows, lines: lines.slice(0, rows.length) }),
  };
}
