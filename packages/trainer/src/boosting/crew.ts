import { OPERATIONS, type OperationName } from './operations.ts';
import type { Workbench } from './workbench.ts';

/** How an operation is cut into parts. */
export interface Cut {
  /** Rows or features to cover. */
  readonly extent: number;
  /** What a part must cover to be worth a thread. */
  readonly grain: number;
  /** Parts start at multiples of this. */
  readonly align: number;
}

/** Those who do the work: the caller's thread, and perhaps others. */
export interface Crew {
  /** Do an operation and wait for its end. @returns where the parts began, and the extent. */
  readonly run: (operation: OperationName, cut: Cut) => readonly number[];
  /** Let go of the threads. */
  readonly close: () => Promise<void>;
}

/** A crew of the caller's thread alone. */
export function createSoloCrew(bench: Workbench): Crew {
  return {
    run(operation, { extent }) {
      OPERATIONS[operation](bench, { from: 0, to: extent, number: 0 });
      return [0, extent];
    },
    close: async () => {},
  };
}
