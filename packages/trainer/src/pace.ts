import { checkCancelled } from './check-cancelled.ts';
import { nextTurn } from './next-turn.ts';

/** Multiplications between two turns: some milliseconds' worth. */
const WORK_PER_TURN = 1e7;

/** When long work on the caller's thread is to let the event loop have its turn. */
export interface Pace {
  /** Count what was done since the last time. @returns whether a rest is due. */
  readonly isDue: (multiplications: number) => boolean;
  /**
   * Let timers, messages and abort signals have their turn.
   *
   * @throws {TrainingCancelledError} when the signal has aborted.
   */
  readonly rest: () => Promise<void>;
}

/** Make the pace of a fit. It goes by work, not by a clock, and never changes a result. */
export function createPace(signal: AbortSignal | undefined): Pace {
  let work = 0;
  return {
    isDue(multiplications) {
      work += multiplications;
      return work >= WORK_PER_TURN;
    },
    async rest() {
      work = 0;
      await nextTurn();
      checkCancelled(signal);
    },
  };
}
