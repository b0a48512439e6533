import type { Stage } from '@gnu-mlops/core';
import {
  type LedgerEntry,
  type LedgerVerification,
  verifyLedger,
} from '@gnu-mlops/registry-client';
import type { GateVerdict } from './gate-verdict.ts';
import { parseLedgerEvidence } from './ledger-evidence.ts';

/** One stage move, ready to be shown. JSON. */
export interface HistoryEntry {
  readonly sequence: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** `move`: done by another program, which did not say why. */
  readonly action: 'promote' | 'rollback' | 'move';
  readonly version: string;
  readonly fromStage: Stage;
  readonly toStage: Stage;
  /** The version that was archived by the move; null when none. */
  readonly archivedVersion: string | null;
  readonly actor: string;
  readonly reason: string;
  readonly verdicts: readonly GateVerdict[];
}

/** What happened to a model's versions. JSON. */
export interface DeploymentHistory {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** Whether the ledger is whole: no entry changed, removed or inserted. */
  readonly verification: LedgerVerification;
}

/**
 * Tell a model's deployments from its ledger.
 *
 * @param ledger every stage move of one model, as `Registry.readLedger` gives it.
 */
export function deploymentHistory(ledger: readonly LedgerEntry[]): DeploymentHistory {
  const entries = ledger.map((entry) => ({
    sequence: entry.sequence,
    at: new Date(entry.at).toISOString(),
    version: entry.version,
    fromStage: entry.fromStage,
    toStage: entry.toStage,
    archivedVersion: entry.displacedVersion,
    actor: entry.actor,
    reason: entry.reason,
    ...parseLedgerEvidence(entry),
  }));
  return {
    entries: entries.toSorted((a, b) => b.sequence - a.sequence),
    verification: verifyLedger(ledger),
  };
}
