/** What threads that share the segments of a file tell each other; all of it is shared memory. */
export interface BoardBuffers {
  readonly state: SharedArrayBuffer;
  readonly findings: SharedArrayBuffer;
  readonly requests: SharedArrayBuffer;
}

/** What a thread has found in a segment. */
export interface SegmentResult {
  /** Where its batch is. */
  readonly desk: number;
  /** Whether the segment's rows are all there; if not, somebody else has to read it. */
  readonly isWhole: boolean;
}

/** Says who reads which segment, and what came of it. */
export interface SegmentBoard {
  /** Take the next segment that nobody has. */
  claim(): number;
  post(segment: number, result: SegmentResult): void;
  resultOf(segment: number): SegmentResult | undefined;
  /** Wait until a result is posted, or a stop. */
  untilPosted(segment: number): Promise<unknown>;
  /** Block the thread until a desk is free, and take it. @returns false where all shall stop. */
  awaitDesk(desk: number): boolean;
  freeDesk(desk: number): void;
  /** Have all threads stop, and wake up those that wait. */
  stop(): void;
  /** What is wanted of each column: a value of {@link requested}. */
  readonly requests: Uint8Array;
  findingsOf(desk: number): SegmentFindings;
}

/** What a thread has found in the segment at its desk. */
export interface SegmentFindings {
  /** The rows, where the first one begins and the last one ends in the window, and the line endings. */
  readonly rows: Int32Array;
  /** For each column what was done, a value of {@link requested}. */
  readonly done: Int32Array;
  /** For each column what came of that. */
  readonly seen: Int32Array;
}

/** What the reader of a column wanted last, and is likely to want again. */
export const requested = { nothing: 0, numbers: 1, texts: 2 } as const;

const next = 0;
const isStopped = 1;
const firstDesk = 2;
const rowFields = 4;

/** Make the memory of a board. */
export function createBoardBuffers(size: {
  readonly segments: number;
  readonly desks: number;
  readonly columns: number;
}): BoardBuffers {
  const { segments, desks, columns } = size;
  return {
    state: new SharedArrayBuffer((firstDesk + desks + segments) * 4),
    findings: new SharedArrayBuffer(desks * (rowFields + columns * 2) * 4),
    requests: new SharedArrayBuffer(columns),
  };
}

/** Look at a board, from any thread. */
export function openBoard(buffers: BoardBuffers, desks: number): SegmentBoard {
  const state = new Int32Array(buffers.state);
  const requests = new Uint8Array(buffers.requests);
  const resultAt = (segment: number) => firstDesk + desks + segment;

  function resultOf(segment: number): SegmentResult | undefined {
    const result = Atomics.load(state, resultAt(segment));
    return result === 0 ? undefined : { desk: Math.abs(result) - 1, isWhole: result > 0 };
  }

  return {
    claim: () => Atomics.add(state, next, 1),
    post(segment, { desk, isWhole }) {
      Atomics.store(state, resultAt(segment), isWhole ? desk + 1 : -desk - 1);
      Atomics.notify(state, resultAt(segment));
    },
    resultOf,
    async untilPosted(segment) {
      await Atomics.waitAsync(state, resultAt(segment), 0).value;
    },
    awaitDesk(desk) {
      while (Atomics.load(state, isStopped) === 0) {
        if (Atomics.compareExchange(state, firstDesk + desk, 0, 1) === 0) return true;
        Atomics.wait(state, firstDesk + desk, 1);
      }
      return false;
    },
    freeDesk(desk) {
      Atomics.store(state, firstDesk + desk, 0);
      Atomics.notify(state, firstDesk + desk);
    },
    stop() {
      Atomics.store(state, isStopped, 1);
      for (let desk = 0; desk < desks; desk++) {
        Atomics.store(state, firstDesk + desk, 0);
        Atomics.notify(state, firstDesk + desk);
      }
    },
    requests,
    findingsOf(desk) {
      const columns = requests.length;
      const at = desk * (rowFields + columns * 2);
      const view = (from: number, length: number) =>
        new Int32Array(buffers.findings, (at + from) * 4, length);
      return {
        rows: view(0, rowFields),
        done: view(rowFields, columns),
        seen: view(rowFields + columns, columns),
      };
    },
  };
}
