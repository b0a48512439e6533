import type { Stage } from '@gnu-mlops/core';
import type { LedgerEntry, ModelVersion } from '@gnu-mlops/registry-client';
import { parseLedgerEvidence } from './ledger-evidence.ts';

/** What a ledger tells of the versions that were in production. */
export interface ProductionRecord {
  /** Versions in production, each above the one that a rollback from it goes to. */
  readonly stack: readonly string[];
  /** Every version that was in production at some time. */
  readonly versions: ReadonlySet<string>;
  /** Where the ledger saw every version last. */
  readonly stages: ReadonlyMap<string, Stage>;
}

/**
 * Read from a ledger what was in production.
 *
 * The ledger of a name tells of every model that had it, and each of them counts its versions from 1:
 * a version that comes out of None, where the ledger did not leave it, is another one of its number.
 */
export function readProductionRecord(ledger: readonly LedgerEntry[]): ProductionRecord {
  let stack: string[] = [];
  const versions = new Set<string>();
  const stages = new Map<string, Stage>();
  const without = (version: string) => stack.filter((other) => other !== version);
  for (const entry of ledger.toSorted((a, b) => a.sequence - b.sequence)) {
    const { version, fromStage, toStage, displacedVersion } = entry;
    if (fromStage === 'None' && (stages.get(version) ?? 'None') !== 'None') {
      stack = without(version);
      versions.delete(version);
    }
    if (displacedVersion !== null) stages.set(displacedVersion, 'Archived');
    stages.set(version, toStage);
    if (toStage !== 'GNU_Production') continue;
    if (parseLedgerEvidence(entry).action === 'rollback') {
      const depth = stack.lastIndexOf(version);
      stack = stack.slice(0, depth < 0 ? -1 : depth);
    } else if (displacedVersion !== null && displacedVersion !== stack.at(-1)) {
      // Another program put it into production without telling the ledger.
      stack = [...without(displacedVersion), displacedVersion];
    }
    stack = [...without(version), version];
    versions.add(version);
    if (displacedVersion !== null) versions.add(displacedVersion);
  }
  return { stack, versions, stages };
}

/**
 * Whether a version was in production. One that stands in None, where the ledger did not leave it, is
 * not the one that the ledger means: that one is gone, and the model with it.
 */
export function wasInProduction(
  { version, stage }: Pick<ModelVersion, 'version' | 'stage'>,
  { versions, stages }: ProductionRecord,
): boolean {
  return versions.has(version) && (stage !== 'None' || stages.get(version) === 'None');
}
