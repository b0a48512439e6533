import { type JsonObject, canonicalJson } from '@gnu-mlops/core';
import type { LedgerEntry } from '@gnu-mlops/registry-client';
import type { DeploymentPlan } from './deployment-plan.ts';
import type { GateVerdict } from './gate-verdict.ts';

/** What an entry of the ledger says about the decision behind it. */
export interface LedgerEvidence {
  /** `move`: written by another program, which did not say. */
  readonly action: 'promote' | 'rollback' | 'move';
  readonly verdicts: readonly GateVerdict[];
}

/** The JSON text that the ledger keeps of an applied plan: everything it was decided by. */
export function formatLedgerEvidence(plan: DeploymentPlan): string {
  if (plan.action === 'rollback') {
    return canonicalJson({ action: plan.action, target: plan.target });
  }
  const { action, verdicts, metrics, runId, algorithm, dataDigest, skipStaging } = plan;
  const { dataSource, syntheticData } = plan;
  return canonicalJson({
    action,
    metrics,
    runId,
    algorithm,
    dataDigest,
    skipStaging,
    dataSource,
    syntheticData,
    verdicts: verdicts.map((verdict): JsonObject => ({ ...verdict })),
  });
}

/** Read an entry's evidence back. Text that is not ours is a `move` without verdicts. */
export function parseLedgerEvidence({ evidence }: Pick<LedgerEntry, 'evidence'>): LedgerEvidence {
  const parsed = parseObject(evidence);
  const { action, verdicts } = parsed;
  if (action !== 'promote' && action !== 'rollback') return { action: 'move', verdicts: [] };
  return { action, verdicts: Array.isArray(verdicts) ? verdicts.filter(isVerdict) : [] };
}

function parseObject(text: string): { action?: unknown; verdicts?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function isVerdict(value: unknown): value is GateVerdict {
  if (typeof value !== 'object' || value === null) return false;
  const { gate, metric, measured, threshold, direction, verdict, message } =
    value as Partial<GateVerdict>;
  return (
    [gate, metric, message].every((text) => typeof text === 'string') &&
    (measured === null || typeof measured === 'number') &&
    typeof threshold === 'number' &&
    (direction === 'at_least' || direction === 'at_most') &&
    (verdict === 'pass' || verdict === 'fail' || verdict === 'not_enough_evidence')
  );
}
