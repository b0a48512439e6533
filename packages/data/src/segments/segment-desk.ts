import { isUtf8 } from 'node:buffer';
import { type Desk, openDesk } from '../kernels/open-desk.ts';
import type { KernelSource } from '../kernels/open-kernels.ts';
import type { CellMemoryPlan } from '../kernels/plan-cell-memory.ts';
import { type SegmentBoard, requested } from './segment-board.ts';
import type { SegmentPlan } from './plan-segments.ts';

/** What all threads that read a file's segments know. */
export interface SegmentJob {
  readonly source: KernelSource;
  readonly memoryPlan: CellMemoryPlan;
  readonly plan: SegmentPlan;
  readonly delimiter: number;
}

/** A desk at which one segment at a time is read. */
export interface SegmentDesk extends Desk {
  readonly number: number;
  /**
   * Find the rows that begin in a segment, whose window's first `length` bytes are there, and do with
   * their columns what is likely to be wanted.
   *
   * @returns whether all is well; if not, the segment is left to the plain way of reading.
   */
  readSegment(length: number, board: SegmentBoard): boolean;
}

const lineFeed = 10;

/** Sit down at a desk. Undefined without WebAssembly. */
export function openSegmentDesk(job: SegmentJob, number: number): SegmentDesk | undefined {
  const { source, memoryPlan, plan, delimiter } = job;
  const desk = openDesk(source, memoryPlan, number);
  if (desk === undefined) return undefined;
  const { batch, windowBytes } = desk;

  function scan(length: number, board: SegmentBoard): boolean {
    const bytes = windowBytes.subarray(0, length);
    const first = bytes.indexOf(lineFeed);
    const last = bytes.indexOf(lineFeed, plan.segmentBytes);
    if (first < 0 || last < 0) return false;
    const text = bytes.subarray(first + 1, last + 1);
    if (!isUtf8(text) || text.includes(0)) return false;
    windowBytes[length] = lineFeed;
    const window = { bytes: windowBytes, start: first + 1, end: last + 1, isFinal: false };
    const scanner = { delimiter, line: 0 };
    desk!.scanRows(scanner, window, batch.rowCapacity);
    board.findingsOf(number).rows.set([batch.rowCount, first + 1, last + 1, scanner.line]);
    return window.start === window.end;
  }

  return {
    ...desk,
    number,
    readSegment(length, board) {
      if (!scan(length, board)) return false;
      const { done, seen } = board.findingsOf(number);
      for (let column = 0; column < batch.columnCount; column++) {
        const request = board.requests[column]!;
        done[column] = request;
        if (request === requested.numbers) seen[column] = desk.readNumbers(column);
        else if (request === requested.texts) {
          seen[column] = desk.lookUpTexts(column, memoryPlan.slotCapacity);
        }
      }
      return true;
    },
  };
}
