import type { FileAccess } from '../byte-reader.ts';
import type { CsvSource } from '../csv-source.ts';
import type { FieldBatch } from '../field-batch.ts';
import type { CellKernels } from '../kernels/cell-kernels.ts';
import { type SegmentPlan, windowPosition } from './plan-segments.ts';
import { type SegmentResult, createBoardBuffers, openBoard } from './segment-board.ts';
import { startHelpers } from './start-helpers.ts';
import { openVisitedDesk } from './visited-desk.ts';

/** The first desk is the plain reader's, the next ones the main thread's. */
const ownDesks = [1, 2];
export const OWN_DESKS = ownDesks.length;
/** So many segments may a helper be ahead, and one more. */
export const DESKS_PER_HELPER = 3;
const lineFeed = 10;
const searchedAtOnce = 65_536;

/** What reading in segments takes. */
export interface SegmentReading {
  readonly source: CsvSource;
  readonly kernels: CellKernels;
  readonly plan: SegmentPlan;
  readonly helpers: number;
}

/**
 * Read the rest of a file together with worker threads, and visit its rows in their order. Each
 * thread takes the next segment that nobody has; a batch is visited once all rows in front of it are.
 * A segment with rows that do not go the usual way is read again, plainly, from where the one in
 * front of it really ended.
 *
 * @returns the number of rows.
 */
export async function readSegments(
  { source, kernels, plan, helpers: helperCount }: SegmentReading,
  visit: (batch: FieldBatch) => void,
): Promise<number> {
  const file = source.file!;
  const memoryPlan = kernels.plan;
  const deskCount = memoryPlan.desks.length;
  const delimiter = source.delimiter.charCodeAt(0);
  const job = { source: kernels.source, memoryPlan, plan, delimiter };
  const columns = memoryPlan.columnCount;
  const buffers = createBoardBuffers({ segments: plan.count, desks: deskCount, columns });
  const board = openBoard(buffers, deskCount);
  const helpers = startHelpers(
    Array.from({ length: helperCount }, (_, helper) => {
      const first = 1 + OWN_DESKS + helper * DESKS_PER_HELPER;
      const desks = Array.from({ length: DESKS_PER_HELPER }, (_, i) => first + i);
      return { job, board: buffers, fd: file.fd, desks };
    }),
  );
  const visited = { job, board, tables: kernels.tables, wanted: new Uint8Array(columns) };
  const desks = Array.from({ length: deskCount }, (_, number) =>
    number === 0 ? undefined : openVisitedDesk(visited, number),
  );
  const freeDesks = [...ownDesks];
  let position = source.position();
  let rowCount = 0;
  let frontier = 0;
  /** Segments whose rows were read with those in front of them. */
  const passed = new Set<number>();

  function visitRows(batch: FieldBatch): void {
    if (batch.rowCount > 0) visit(batch);
    rowCount += batch.rowCount;
  }

  function release(desk: number): void {
    if (ownDesks.includes(desk)) freeDesks.push(desk);
    else board.freeDesk(desk);
  }

  async function readOwn(): Promise<boolean> {
    const segment = board.claim();
    if (segment >= plan.count) return false;
    if (passed.delete(segment)) return true;
    const number = freeDesks.pop()!;
    const own = desks[number]!;
    const bytes = own.windowBytes.subarray(0, -1);
    const length = await file.readAt(bytes, windowPosition(plan, segment));
    board.post(segment, { desk: number, isWhole: own.readSegment(length, board) });
    return true;
  }

  async function take({ desk: number, isWhole }: SegmentResult): Promise<void> {
    const desk = desks[number]!;
    const { rows } = board.findingsOf(number);
    const windowAt = windowPosition(plan, frontier);
    const isNext = isWhole && frontier < plan.count - 1 && windowAt + rows[1]! === position.offset;
    if (isNext) {
      visitRows(desk.present(rows[0]!, position.line));
      position = { offset: windowAt + rows[2]!, line: position.line + rows[3]! };
      frontier++;
    }
    release(number);
    if (!isNext) await readPlainly(frontier);
  }

  /** Read from where a segment begins, up to the next one's beginning that is the end of a row. */
  async function readPlainly(first: number): Promise<void> {
    source.moveTo(position);
    for (let segment = first; ; segment++) {
      if (segment > first) passed.add(segment);
      const limit = segment < plan.count - 1 ? await findRow(file, plan, segment + 1) : Infinity;
      source.holdAt(limit);
      while (await source.readRows(kernels.batch, Number.MAX_SAFE_INTEGER)) {
        visitRows(kernels.batch);
      }
      position = source.position();
      frontier = segment + 1;
      if (position.offset === limit || frontier === plan.count) return;
    }
  }

  function releasePassed(): void {
    for (const segment of passed) {
      const result = board.resultOf(segment);
      if (result === undefined) continue;
      release(result.desk);
      passed.delete(segment);
    }
  }

  /** Read all that is left without help. */
  async function readAlone(): Promise<void> {
    source.moveTo(position);
    source.holdAt(Infinity);
    while (await source.readRows(kernels.batch, Number.MAX_SAFE_INTEGER)) visitRows(kernels.batch);
    frontier = plan.count;
  }

  try {
    let areLeft = true;
    while (frontier < plan.count) {
      releasePassed();
      const result = board.resultOf(frontier);
      if (result !== undefined) await take(result);
      else if (areLeft && freeDesks.length > 0) areLeft = await readOwn();
      else if (await helpers.areWell(board.untilPosted(frontier))) continue;
      else await readAlone();
    }
  } finally {
    board.stop();
    await helpers.end();
  }
  return rowCount;
}

/** Where the first row begins that begins in a segment, as its line feeds have it. */
async function findRow(file: FileAccess, plan: SegmentPlan, segment: number): Promise<number> {
  const bytes = Buffer.allocUnsafeSlow(searchedAtOnce);
  for (let at = windowPosition(plan, segment); ; at += bytes.length) {
    const length = await file.readAt(bytes, at);
    const found = bytes.subarray(0, length).indexOf(lineFeed);
    if (found >= 0) return at + found + 1;
    if (length < bytes.length) return Infinity;
  }
}
