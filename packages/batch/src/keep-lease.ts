import type { BatchRun } from './batch-run.ts';
import type { Lease } from './ledger.ts';

/** A timer takes no longer delays than some weeks, and a lease without an end needs no renewal. */
const longestDelayMs = 3_600_000;

/**
 * Renew a lease every now and then while work goes on that has no steps in between.
 *
 * @returns a function that ends this.
 */
export function keepLease(lease: Lease, { ledger, leaseMs }: BatchRun): () => void {
  const timer = setInterval(
    () => {
      try {
        ledger.renew(lease);
      } catch {
        // Whoever does the work meets the same when it wants to note what it did.
      }
    },
    Math.min(leaseMs / 3, longestDelayMs),
  );
  return () => clearInterval(timer);
}
