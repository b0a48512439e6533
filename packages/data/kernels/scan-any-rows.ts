import {
  SCAN_BASE,
  SCAN_COLUMN_COUNT,
  SCAN_DELIMITER,
  SCAN_END,
  SCAN_ENDS,
  SCAN_FORMS,
  SCAN_IS_FINAL,
  SCAN_LINE,
  SCAN_LINES,
  SCAN_MAX_ROWS,
  SCAN_ROW_CAPACITY,
  SCAN_ROW_COUNT,
  SCAN_ROW_ENDS,
  SCAN_ROW_STARTS,
  SCAN_START,
  SCAN_STARTS,
} from '../src/kernels/scan-layout';
import { BLOCK_BYTES } from './block-bits';
import { findSpecials } from './find-specials';

const TAB: u32 = 9;
const LINE_FEED: u32 = 10;
const CARRIAGE_RETURN: u32 = 13;
const SPACE: u32 = 32;
const QUOTE: u32 = 34;
const ESCAPED: u32 = 1;

/**
 * Find rows of a window, behind those that were found: see scanRows. It stops in front of a row that is
 * cut off, ragged or faulty.
 *
 * @param limit the most rows to take now.
 */
export function scanAnyRows(job: usize, limit: u32): void {
  const base = <usize>load<u32>(job, SCAN_BASE);
  const end = base + <usize>load<u32>(job, SCAN_END);
  const isFinal = load<u32>(job, SCAN_IS_FINAL);
  const delimiter = load<u32>(job, SCAN_DELIMITER);
  const delimiters = i8x16.splat(<i8>delimiter);
  const columnCount = load<u32>(job, SCAN_COLUMN_COUNT);
  const columnBytes = <usize>load<u32>(job, SCAN_ROW_CAPACITY);
  const starts = <usize>load<u32>(job, SCAN_STARTS);
  const ends = <usize>load<u32>(job, SCAN_ENDS);
  const forms = <usize>load<u32>(job, SCAN_FORMS);
  const rowStarts = <usize>load<u32>(job, SCAN_ROW_STARTS);
  const rowEnds = <usize>load<u32>(job, SCAN_ROW_ENDS);
  const lines = <usize>load<u32>(job, SCAN_LINES);
  let rowCount = load<u32>(job, SCAN_ROW_COUNT);
  const maxRows = min(load<u32>(job, SCAN_MAX_ROWS), rowCount + limit);
  let line = load<f64>(job, SCAN_LINE);
  let at = base + <usize>load<u32>(job, SCAN_START);
  let block = at;
  let specials = findSpecials(block, delimiters);
  let goodEnd = at;
  let goodLine = line;

  while (rowCount < maxRows && at < end) {
    const rowStart = at;
    const rowLine = line;
    let column: u32 = 0;
    let cell = <usize>rowCount;
    let byte: u32;
    for (;;) {
      let cellStart = at;
      let cellEnd: usize;
      let form: u32 = 0;
      if (load<u8>(at) === QUOTE) {
        cellStart = ++at;
        for (;;) {
          byte = load<u8>(at);
          while (byte !== QUOTE && byte !== LINE_FEED && byte !== CARRIAGE_RETURN) {
            byte = load<u8>(++at);
          }
          if (at >= end) return finish(job, rowCount, goodEnd, goodLine);
          if (byte === QUOTE) {
            if (load<u8>(at, 1) !== QUOTE) break;
            form = ESCAPED;
            at += 2;
          } else {
            if (byte === LINE_FEED || load<u8>(at, 1) !== LINE_FEED) line += 1;
            at++;
          }
        }
        cellEnd = at;
        byte = load<u8>(++at);
        while (byte === SPACE || (byte === TAB && delimiter !== TAB)) byte = load<u8>(++at);
        if (byte !== delimiter && byte !== LINE_FEED && byte !== CARRIAGE_RETURN)
          return finish(job, rowCount, goodEnd, goodLine);
        block = at;
        specials = findSpecials(block, delimiters);
      } else {
        while (specials === 0) {
          block += BLOCK_BYTES;
          specials = findSpecials(block, delimiters);
        }
        at = block + <usize>ctz(specials);
        cellEnd = at;
        byte = load<u8>(at);
      }
      specials &= specials - 1;
      if ((at >= end && !isFinal) || column === columnCount)
        return finish(job, rowCount, goodEnd, goodLine);
      store<u32>(starts + (cell << 2), <u32>(cellStart - base));
      store<u32>(ends + (cell << 2), <u32>(cellEnd - base));
      store<u8>(forms + cell, form);
      column++;
      cell += columnBytes;
      if (byte !== delimiter) break;
      at++;
    }

    const rowEnd = at;
    if (byte === CARRIAGE_RETURN) {
      if (at + 1 >= end && !isFinal) break;
      if (load<u8>(at, 1) === LINE_FEED) {
        at++;
        if (specials === 0) {
          block += BLOCK_BYTES;
          specials = findSpecials(block, delimiters);
        }
        specials &= specials - 1;
      }
    }
    at++;
    line += 1;
    if (rowEnd > rowStart) {
      if (column !== columnCount) break;
      store<u32>(rowStarts + ((<usize>rowCount) << 2), <u32>(rowStart - base));
      store<u32>(rowEnds + ((<usize>rowCount) << 2), <u32>(rowEnd - base));
      store<f64>(lines + ((<usize>rowCount) << 3), rowLine);
      rowCount++;
    }
    goodEnd = at;
    goodLine = line;
  }
  finish(job, rowCount, goodEnd, goodLine);
}

/** Say where the last row taken ends. A last line of the file may lack its line feed. */
function finish(job: usize, rowCount: u32, at: usize, line: f64): void {
  const start = <u32>at - load<u32>(job, SCAN_BASE);
  store<u32>(job, min(start, load<u32>(job, SCAN_END)), SCAN_START);
  store<f64>(job, line, SCAN_LINE);
  store<u32>(job, rowCount, SCAN_ROW_COUNT);
}
