import type { HeldStage, LedgerEntry } from '@gnu-mlops/registry-client';

import { stagePeriods } from './stage-periods.ts';

/**
 * Which version held a stage at a moment, by the ledger.
 *
 * @param ledger every stage move of one model, as `Registry.readLedger` gives it.
 * @param timeMs milliseconds since the epoch. A version holds a stage from the very millisecond of
 *   its move.
 * @returns the version, or undefined when none held the stage then.
 */
export function versionInStageAt(
  ledger: readonly LedgerEntry[],
  stage: HeldStage,
  timeMs: number,
): string | undefined {
  return stagePeriods(ledger, stage).find(
    ({ from, to }) => from <= timeMs && (to === null || timeMs < to),
  )?.version;
}
