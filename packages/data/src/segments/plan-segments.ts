import { batchRows } from '../field-batch.ts';

/** How the rows of a long file are divided among threads. */
export interface SegmentPlan {
  /** Where the first row begins, in bytes from the file's start. */
  readonly origin: number;
  readonly segmentBytes: number;
  readonly count: number;
  /** Room for a segment, the byte in front of it, the end of its last row, and a line feed. */
  readonly windowLength: number;
}

/** So much of a batch do the rows of a segment take, if they are as long as the first ones. */
const batchShare = 0.75;
const fewestSegments = 8;
const leastSlack = 4096;
const mostSlack = 65_536;
const rowsOfSlack = 16;

/**
 * Divide a file into segments of some bytes each, whose rows fit in one batch if they are as long as
 * the first ones. The rows that begin in a segment are those of the segment, by the line feeds: which
 * is a guess where cells in quotes hold line feeds, and is checked.
 *
 * @param about `sizeBytes` and `rowsExpected` are those of the file, `origin` is as in the plan.
 * @returns undefined where the file is too short, or its rows too long.
 */
export function planSegments(about: {
  readonly origin: number;
  readonly sizeBytes: number;
  readonly rowsExpected: number;
  readonly columnCount: number;
}): SegmentPlan | undefined {
  const { origin, sizeBytes, rowsExpected, columnCount } = about;
  const rowBytes = sizeBytes / rowsExpected;
  const segmentBytes = Math.ceil(batchRows(columnCount) * batchShare * rowBytes);
  const slack = Math.min(mostSlack, Math.max(leastSlack, Math.ceil(rowBytes * rowsOfSlack)));
  const count = Math.ceil((sizeBytes - origin) / segmentBytes);
  if (count < fewestSegments || rowBytes * 2 > slack) return undefined;
  return { origin, segmentBytes, count, windowLength: segmentBytes + slack + 2 };
}

/** Where a segment's window begins: one byte in front of it, to see whether a row begins there. */
export function windowPosition({ origin, segmentBytes }: SegmentPlan, segment: number): number {
  return origin + segment * segmentBytes - 1;
}
