import type { FieldBatch } from '../field-batch.ts';
import { columnKernels } from '../kernels/cell-kernels.ts';
import type { TextTables } from '../kernels/text-tables.ts';
import { type SegmentBoard, requested } from './segment-board.ts';
import { type SegmentDesk, type SegmentJob, openSegmentDesk } from './segment-desk.ts';

/** A desk whose batches the main thread visits, whichever thread has made them. */
export interface VisitedDesk extends SegmentDesk {
  /** The batch that is there, `line` being the line at the segment's beginning. */
  present(rowCount: number, line: number): FieldBatch;
}

/** What all desks have in common that the main thread visits. */
interface VisitedBoard {
  readonly job: SegmentJob;
  readonly board: SegmentBoard;
  readonly tables: TextTables;
  /** What was wanted of each column of the batch that is visited, a value of {@link requested}. */
  readonly wanted: Uint8Array;
}

/** Look at a desk from the main thread. */
export function openVisitedDesk(shared: VisitedBoard, number: number): VisitedDesk {
  const { job, board, tables, wanted } = shared;
  const desk = openSegmentDesk(job, number)!;
  const { batch, windowBytes } = desk;
  const { done, seen } = board.findingsOf(number);

  function foresee(column: number, request: number): number | undefined {
    wanted[column] = request;
    board.requests[column] = request;
    return done[column] === request ? seen[column] : undefined;
  }

  const columns = columnKernels(desk, tables, {
    readNumbers: (column) => foresee(column, requested.numbers),
    lookUpTexts: (column) => foresee(column, requested.texts),
  });
  return {
    ...desk,
    present(rowCount, line) {
      if (rowCount > 0) {
        // What nobody wanted of the last batch need not be done for the next ones.
        board.requests.set(wanted);
        wanted.fill(requested.nothing);
      }
      for (let row = 0; row < rowCount; row++) batch.lines[row]! += line;
      batch.rowCount = rowCount;
      batch.bytes = windowBytes;
      batch.kernels = columns;
      return batch;
    },
  };
}
