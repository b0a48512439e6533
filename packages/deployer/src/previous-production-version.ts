import type { LedgerEntry } from '@gnu-mlops/registry-client';
import { parseLedgerEvidence } from './ledger-evidence.ts';

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
  const stack = productionStack(ledger);
  const depth = current === undefined ? -1 : stack.lastIndexOf(current);
  return depth < 0 ? stack.at(-1) : stack[depth - 1];
}

/** Versions in production, each above the one that a rollback from it goes to. */
function productionStack(ledger: readonly LedgerEntry[]): string[] {
  let stack: string[] = [];
  for (const entry of ledger.toSorted((a, b) => a.sequence - b.sequence)) {
    if (entry.toStage !== 'GNU_Production') continue;
    const { version, displacedVersion } = entry;
    if (parseLedgerEvidence(entry).action === 'rollback') {
      const depth = stack.lastIndexOf(version);
      stack = stack.slice(0, depth < 0 ? -1 : depth);
    } else if (displacedVersion !== null && displacedVersion !== stack.at(-1)) {
      // Another program put it into production without telling the ledger.
      stack = [...stack.filter((other) => other !== displacedVersion), displacedVersion];
    }
    stack = [...stack.filter((other) => other !== version), version];
  }
  return stack;
}
