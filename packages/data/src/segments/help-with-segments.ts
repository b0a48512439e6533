import { readFully } from '../byte-reader.ts';
import { windowPosition } from './plan-segments.ts';
import { type BoardBuffers, openBoard } from './segment-board.ts';
import { type SegmentJob, openSegmentDesk } from './segment-desk.ts';

/** What a worker thread is told. */
export interface HelperTask {
  readonly job: SegmentJob;
  readonly board: BoardBuffers;
  /** The open file. */
  readonly fd: number;
  /** The desks that the thread works at, one after the other. */
  readonly desks: readonly number[];
}

/** Read segments and post what was found until none is left, or all shall stop. Blocks the thread. */
export function helpWithSegments({ job, board: buffers, fd, desks }: HelperTask): void {
  const board = openBoard(buffers, job.memoryPlan.desks.length);
  const opened = desks.map((number) => openSegmentDesk(job, number));
  for (let turn = 0; ; turn++) {
    const desk = opened[turn % opened.length];
    if (desk === undefined || !board.awaitDesk(desk.number)) return;
    const segment = board.claim();
    if (segment >= job.plan.count) return;
    const bytes = desk.windowBytes.subarray(0, -1);
    const length = readFully(fd, bytes, windowPosition(job.plan, segment));
    board.post(segment, { desk: desk.number, isWhole: desk.readSegment(length, board) });
  }
}
