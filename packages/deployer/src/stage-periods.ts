import type { HeldStage, LedgerEntry } from '@gnu-mlops/registry-client';

/** A stretch of time during which one version held a stage. */
export interface StagePeriod {
  readonly version: string;
  /** The ledger entry that brought the version in. */
  readonly sequence: number;
  /** Milliseconds since the epoch; the version held the stage from this moment on. */
  readonly from: number;
  /** The first moment at which it did not any more; null: it still does. */
  readonly to: number | null;
}

/**
 * Who held a stage when, oldest first. Periods do not overlap; there are gaps where nobody did.
 *
 * Entries count in their sequence. A clock that went back between two of them does not: the later
 * entry then counts as done at the time of the one before.
 *
 * @param ledger every stage move of one model, as `Registry.readLedger` gives it.
 */
export function stagePeriods(ledger: readonly LedgerEntry[], stage: HeldStage): StagePeriod[] {
  const periods: StagePeriod[] = [];
  let open: StagePeriod | undefined;
  let time = -Infinity;

  function close(): void {
    if (open !== undefined) periods.push({ ...open, to: time });
    open = undefined;
  }
  for (const entry of ledger.toSorted((a, b) => a.sequence - b.sequence)) {
    time = Math.max(time, entry.at);
    if (entry.toStage === stage) {
      if (open?.version === entry.version) continue;
      close();
      open = { version: entry.version, sequence: entry.sequence, from: time, to: null };
    } else if (entry.version === open?.version) {
      close();
    }
  }
  return open === undefined ? periods : [...periods, open];
}
