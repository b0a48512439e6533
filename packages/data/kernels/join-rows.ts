import {
  COLUMN_BEFORE,
  COLUMN_BEFORE_LENGTH,
  COLUMN_BYTES,
  COLUMN_CELLS,
  COLUMN_LENGTHS,
  COPIED_AT_ONCE,
  JOIN_BASE,
  JOIN_BEHIND,
  JOIN_BEHIND_LENGTH,
  JOIN_COLUMNS,
  JOIN_COLUMN_COUNT,
  JOIN_ENDS,
  JOIN_ROW_COUNT,
  JOIN_STARTS,
  JOIN_TARGET,
} from '../src/kernels/format-layout';

/** Write every row's own bytes, then its added cells. @returns how many bytes that are. */
export function joinRows(job: usize): u32 {
  const rowCount = <usize>load<u32>(job, JOIN_ROW_COUNT);
  const base = <usize>load<u32>(job, JOIN_BASE);
  const starts = <usize>load<u32>(job, JOIN_STARTS);
  const ends = <usize>load<u32>(job, JOIN_ENDS);
  const target = <usize>load<u32>(job, JOIN_TARGET);
  const columns = <usize>load<u32>(job, JOIN_COLUMNS);
  const columnsEnd = columns + <usize>load<u32>(job, JOIN_COLUMN_COUNT) * COLUMN_BYTES;
  const behind = <usize>load<u32>(job, JOIN_BEHIND);
  const behindLength = <usize>load<u32>(job, JOIN_BEHIND_LENGTH);
  let at = target;
  for (let row: usize = 0; row < rowCount; row++) {
    const word = row << 2;
    const start = <usize>load<u32>(starts + word);
    at = copyText(base + start, <usize>load<u32>(ends + word) - start, at);
    for (let column = columns; column < columnsEnd; column += COLUMN_BYTES) {
      const before = <usize>load<u32>(column, COLUMN_BEFORE);
      at = copyText(before, <usize>load<u32>(column, COLUMN_BEFORE_LENGTH), at);
      const cell = <usize>load<u32>(<usize>load<u32>(column, COLUMN_CELLS) + word);
      at = copyText(cell, <usize>load<u32>(<usize>load<u32>(column, COLUMN_LENGTHS) + word), at);
    }
    at = copyText(behind, behindLength, at);
  }
  return <u32>(at - target);
}

/** @returns the place behind the copy; what follows it is overwritten. */
function copyText(from: usize, length: usize, to: usize): usize {
  for (let done: usize = 0; done < length; done += COPIED_AT_ONCE) {
    v128.store(to + done, v128.load(from + done));
  }
  return to + length;
}
