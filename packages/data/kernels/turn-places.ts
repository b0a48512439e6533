import {
  SCAN_COLUMN_COUNT,
  SCAN_ENDS,
  SCAN_PLACES,
  SCAN_ROW_CAPACITY,
  SCAN_ROW_COUNT,
  SCAN_ROW_ENDS,
  SCAN_ROW_STARTS,
  SCAN_STARTS,
} from '../src/kernels/scan-layout';

/**
 * Make cells of the places of `rows` rows, behind those of the rows that were found: a cell ends at its
 * place and begins behind the one in front of it. The first ones begin, and the last ones end, with
 * their rows.
 */
export function turnPlaces(job: usize, rows: u32): void {
  const places = <usize>load<u32>(job, SCAN_PLACES);
  const columnCount = load<u32>(job, SCAN_COLUMN_COUNT);
  const columnBytes = (<usize>load<u32>(job, SCAN_ROW_CAPACITY)) << 2;
  const firstRow = (<usize>load<u32>(job, SCAN_ROW_COUNT)) << 2;
  const starts = <usize>load<u32>(job, SCAN_STARTS) + firstRow;
  const ends = <usize>load<u32>(job, SCAN_ENDS) + firstRow;
  const rowsBytes = (<usize>rows) << 2;
  const last = columnCount - 1;
  if (last >= 4 && rows >= 4) {
    const ones = i32x4.splat(1);
    const rowBytes = (<usize>columnCount) << 2;
    // Sixteen cells at a time; where they do not come out even, some of them twice.
    for (let row: u32 = 0; ; row = min(row + 4, rows - 4)) {
      for (let column: u32 = 0; ; column = min(column + 4, last - 4)) {
        const from = places + ((<usize>(row * columnCount + column)) << 2);
        const a = v128.load(from);
        const b = v128.load(from + rowBytes);
        const c = v128.load(from + rowBytes * 2);
        const d = v128.load(from + rowBytes * 3);
        const abLow = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
        const cdLow = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
        const abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
        const cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
        const first = v128.shuffle<i64>(abLow, cdLow, 0, 2);
        const second = v128.shuffle<i64>(abLow, cdLow, 1, 3);
        const third = v128.shuffle<i64>(abHigh, cdHigh, 0, 2);
        const fourth = v128.shuffle<i64>(abHigh, cdHigh, 1, 3);
        let to = ((<usize>row) << 2) + <usize>column * columnBytes;
        v128.store(ends + to, first);
        to += columnBytes;
        v128.store(starts + to, i32x4.add(first, ones));
        v128.store(ends + to, second);
        to += columnBytes;
        v128.store(starts + to, i32x4.add(second, ones));
        v128.store(ends + to, third);
        to += columnBytes;
        v128.store(starts + to, i32x4.add(third, ones));
        v128.store(ends + to, fourth);
        to += columnBytes;
        v128.store(starts + to, i32x4.add(fourth, ones));
        if (column === last - 4) break;
      }
      if (row === rows - 4) break;
    }
  } else {
    for (let row: usize = 0; row < rowsBytes; row += 4) {
      let from = places + row * <usize>columnCount;
      let to = row;
      for (let column: u32 = 0; column < last; column++) {
        const place = load<u32>(from);
        store<u32>(ends + to, place);
        to += columnBytes;
        store<u32>(starts + to, place + 1);
        from += 4;
      }
    }
  }
  memory.copy(starts, <usize>load<u32>(job, SCAN_ROW_STARTS) + firstRow, rowsBytes);
  const lastEnds = ends + <usize>last * columnBytes;
  memory.copy(lastEnds, <usize>load<u32>(job, SCAN_ROW_ENDS) + firstRow, rowsBytes);
}
