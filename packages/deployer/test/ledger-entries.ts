import type { Stage } from '@gnu-mlops/core';
import type { LedgerEntry } from '@gnu-mlops/registry-client';

/** A move to write a ledger of; each happens one second after the one before. */
interface Move {
  readonly version: string;
  readonly to: Stage;
  readonly from?: Stage;
  readonly displaced?: string;
  readonly action?: 'promote' | 'rollback';
  readonly at?: number;
}

/** A ledger that begins at second 1 after the epoch; versions come from where they were left. */
export function ledgerOf(...moves: readonly Move[]): LedgerEntry[] {
  const stages = new Map<string, Stage>();
  return moves.map(({ version, to, from, displaced, action, at }, index) => {
    const fromStage = from ?? stages.get(version) ?? 'None';
    stages.set(version, to);
    return {
      sequence: index + 1,
      modelName: 'churn',
      version,
      fromStage,
      toStage: to,
      displacedVersion: displaced ?? null,
      actor: 'ada',
      reason: 'test',
      evidence: JSON.stringify(action === undefined ? {} : { action }),
      at: at ?? (index + 1) * 1000,
      previousHash: '0'.repeat(64),
      hash: '0'.repeat(64),
    };
  });
}
