import {
  SCAN_BASE,
  SCAN_COLUMN_COUNT,
  SCAN_END,
  SCAN_LINE,
  SCAN_LINES,
  SCAN_LINE_ENDS,
  SCAN_MAX_ROWS,
  SCAN_PLACES,
  SCAN_PLACE_COUNT,
  SCAN_ROW_COUNT,
  SCAN_ROW_ENDS,
  SCAN_ROW_STARTS,
  SCAN_START,
} from '../src/kernels/scan-layout';
import { findPlaces } from './find-places';
import { turnPlaces } from './turn-places';

const CARRIAGE_RETURN: u32 = 13;

/**
 * Find rows of a window, behind those that were found, as long as they are plain: no quotes, as many
 * cells as there are columns, and a line feed at the end, perhaps behind a carriage return.
 *
 * First the places of all delimiters and line feeds are written down, some thousand at a time, and
 * those of line feeds once more: a row is as it should be when its last place is the next line feed.
 * Then the places are turned from rows to columns, which needs no look at the text any more.
 */
export function scanPlainRows(job: usize): void {
  const base = <usize>load<u32>(job, SCAN_BASE);
  const end = load<u32>(job, SCAN_END);
  const columnCount = load<u32>(job, SCAN_COLUMN_COUNT);
  const maxRows = load<u32>(job, SCAN_MAX_ROWS);
  const rowStarts = <usize>load<u32>(job, SCAN_ROW_STARTS);
  const rowEnds = <usize>load<u32>(job, SCAN_ROW_ENDS);
  const lines = <usize>load<u32>(job, SCAN_LINES);
  const places = <usize>load<u32>(job, SCAN_PLACES);
  const lineEnds = <usize>load<u32>(job, SCAN_LINE_ENDS);
  let rowCount = load<u32>(job, SCAN_ROW_COUNT);
  let start = load<u32>(job, SCAN_START);
  let line = load<f64>(job, SCAN_LINE);
  const rowBytes = (<usize>columnCount) << 2;
  while (rowCount < maxRows && start < end) {
    const wanted = min(load<u32>(job, SCAN_PLACE_COUNT) / columnCount, maxRows - rowCount);
    const found = findPlaces(job, start, wanted * columnCount);
    const mostRows = min(min(<u32>(found >> 32), <u32>found / columnCount), wanted);
    let rows: u32 = 0;
    let lastPlace = places + rowBytes - 4;
    for (; rows < mostRows; rows++) {
      const lineEnd = load<u32>(lineEnds + ((<usize>rows) << 2));
      const byte = <u32>load<u8>(base + <usize>lineEnd - 1);
      const rowEnd = lineEnd - <u32>(byte === CARRIAGE_RETURN && lineEnd > start);
      // Nor does a blank line make a row.
      if (load<u32>(lastPlace) !== lineEnd || rowEnd === start) break;
      const row = <usize>(rowCount + rows);
      store<u32>(rowStarts + (row << 2), start);
      store<u32>(rowEnds + (row << 2), rowEnd);
      store<f64>(lines + (row << 3), line);
      line += 1;
      start = lineEnd + 1;
      lastPlace += rowBytes;
    }
    turnPlaces(job, rows);
    rowCount += rows;
    store<u32>(job, rowCount, SCAN_ROW_COUNT);
    if (rows < mostRows || rows === 0) break;
  }
  store<u32>(job, min(start, end), SCAN_START);
  store<f64>(job, line, SCAN_LINE);
}
