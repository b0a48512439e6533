import type { RowBytes } from './row-frame.ts';

/** Copies of rows that wait to be written, first come first served. */
export interface KeptRows {
  push(rows: RowBytes): void;
  /** What came first; good until the next `push` or `shift`. Undefined: nothing waits. */
  shift(): RowBytes | undefined;
}

/** Start with nothing kept. Memory is used again: a long file leaves no garbage. */
export function createKeptRows(): KeptRows {
  const waiting: Kept[] = [];
  const free: Kept[] = [];
  let out: Kept | undefined;

  function giveBack(): void {
    if (out !== undefined) free.push(out);
    out = undefined;
  }
  return {
    push(rows) {
      giveBack();
      waiting.push(copyRows(rows, free.pop()));
    },
    shift() {
      giveBack();
      out = waiting.shift();
      return out;
    },
  };
}

type Kept = RowBytes;

/** @param memory of rows that are not needed any more; taken where there is room in it. */
function copyRows({ bytes, starts, ends, rowCount }: RowBytes, memory: Kept | undefined): Kept {
  const from = rowCount === 0 ? 0 : starts[0]!;
  const length = rowCount === 0 ? 0 : ends[rowCount - 1]! - from;
  const hasRoom =
    memory !== undefined && memory.bytes.length >= length && memory.starts.length >= rowCount;
  const kept = hasRoom
    ? { ...memory, rowCount }
    : {
        bytes: new Uint8Array(withSpare(length)),
        starts: new Int32Array(withSpare(rowCount)),
        ends: new Int32Array(withSpare(rowCount)),
        rowCount,
      };
  kept.bytes.set(bytes.subarray(from, from + length));
  for (let row = 0; row < rowCount; row++) {
    kept.starts[row] = starts[row]! - from;
    kept.ends[row] = ends[row]! - from;
  }
  return kept;
}

/** Chunks of as many rows differ a little in their bytes. */
function withSpare(length: number): number {
  return Math.ceil(length * 1.1);
}
