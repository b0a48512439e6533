/** What a check makes of a table, before its severity is looked at. */
export interface Verdict {
  readonly message: string;
  readonly isBroken: boolean;
  readonly failingCount?: number;
  /** 0-based. */
  readonly firstRows?: readonly number[];
}

/** Which rows break a check, out of those that it looks at. */
export interface RowSearch {
  readonly rowCount: number;
  /** undefined: not looked at. */
  readonly isFine: (row: number) => boolean | undefined;
  /** Share of the rows looked at that may break it. */
  readonly tolerance: number | undefined;
}

const mostRows = 5;

/** The verdict of a check that holds. */
export function passed(message: string): Verdict {
  return { message, isBroken: false };
}

/**
 * Look at row after row.
 *
 * @param describe says what is wrong with so many of so many rows.
 */
export function searchRows(
  { rowCount, isFine, tolerance = 0 }: RowSearch,
  describe: (failing: number, seen: number) => string,
): Verdict {
  const firstRows: number[] = [];
  let failingCount = 0;
  let seen = 0;
  for (let row = 0; row < rowCount; row++) {
    const fine = isFine(row);
    if (fine === undefined) continue;
    seen++;
    if (fine) continue;
    failingCount++;
    if (firstRows.length < mostRows) firstRows.push(row);
  }
  // The quotient, as it is the double nearest to the share: 0.29 * 100 is below 29.
  const isBroken = failingCount > 0 && failingCount / seen > tolerance;
  return {
    message: `${describe(failingCount, seen)}${listRows(firstRows, failingCount)}`,
    isBroken,
    failingCount,
    firstRows,
  };
}

/** Rows are counted from 1 where people read of them. */
function listRows(rows: readonly number[], count: number): string {
  if (count === 0) return '';
  const list = rows.map((row) => row + 1).join(', ');
  return ` First in row${count === 1 ? '' : 's'} ${list}${count > rows.length ? ', ...' : '.'}`;
}
