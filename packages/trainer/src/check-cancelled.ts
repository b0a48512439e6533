import { TrainingCancelledError } from './errors.ts';

/** @throws {TrainingCancelledError} when the caller has asked to stop. */
export function checkCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new TrainingCancelledError(signal.reason);
}
