import { PipelineCancelledError } from './errors.ts';

/** @throws {PipelineCancelledError} when the caller has asked to stop. */
export function checkCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new PipelineCancelledError(signal.reason);
}
