import type { LedgerEntry } from '@gnu-mlops/registry-client';
import { type ProductionRecord, readProductionRecord } from './production-record.ts';

/**
 * The version that a rollback goes to: the one in production before the current one came in.
 *
 * Versions that were rolled away from do not count, so a second rollback goes further back instead
 * of forward again: after 1, 2, 3 and a rollback to 2, the next goes to 1. A promotion starts from
 * there: after 1, 2, 3, a rollback to 2 and a promotion of 4, a rollback goes to 2.
 *
 * @param ledger every stage move of one model, as `Registry.readLedger` gives it.
 * @param current the version in production, by the registry. When there is none, or the ledger does
 *   not know it, the last version that the ledger knows in production is the one to go back to.
 * @returns undefined when there is nothing to go back to.
 */
export function previousProductionVersion(
  ledger: readonly LedgerEntry[],
  current: string | undefined,
): string | undefined {
  return previousProductionVersions(readProductionRecord(ledger), current)[0];
}

/** The same, and those before it, for where it is gone: the nearest first. */
export function previousProductionVersions(
  { stack }: ProductionRecord,
  current: string | undefined,
): string[] {
  const depth = current === undefined ? -1 : stack.lastIndexOf(current);
  return stack.slice(0, depth < 0 ? stack.length : depth).reverse();
}
