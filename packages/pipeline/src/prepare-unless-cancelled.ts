import { checkCancelled } from './check-cancelled.ts';
import {
  type PrepareOptions,
  type PreparedTable,
  prepareTrainingTable,
} from './prepare-training-table.ts';
import type { ReadContext } from './read-training-source.ts';

/** Read and check the rows. @throws {PipelineCancelledError} when the signal aborts meanwhile. */
export async function prepareUnlessCancelled(
  options: PrepareOptions,
  context: ReadContext,
): Promise<PreparedTable> {
  const { signal } = context;
  checkCancelled(signal);
  try {
    return await prepareTrainingTable(options, context);
  } finally {
    // What a source throws when it is told to stop is the signal's reason.
    checkCancelled(signal);
  }
}
