import type { LedgerEntry, ModelVersion } from '@gnu-mlops/registry-client';
import type { Refusal, RollbackPlan } from './deployment-plan.ts';
import { readProductionRecord, wasInProduction } from './production-record.ts';

/** What a rollback is decided from. */
export interface RollbackFacts {
  /** The version to go back to. */
  readonly version: ModelVersion;
  /** The version in production now. */
  readonly holder: ModelVersion | undefined;
  /** Every stage move of the model. */
  readonly ledger: readonly LedgerEntry[];
  /** Whether the caller named the version or took the one before. */
  readonly target: RollbackPlan['target'];
}

/**
 * Decide a rollback of production. Pure: nothing is read and nothing is written.
 *
 * No gate is asked: the way back must not depend on old evidence. So the plan is refused for a
 * version that the ledger never saw in production; that one has to be promoted.
 */
export function planRollback({ version, holder, ledger, target }: RollbackFacts): RollbackPlan {
  const isThere = version.stage === 'GNU_Production';
  const isKnown = isThere || wasInProduction(version, readProductionRecord(ledger));
  const refusals = isKnown ? [] : [neverInProduction(version)];
  const status = isThere ? 'nothing_to_do' : refusals.length > 0 ? 'refused' : 'ready';
  return {
    action: 'rollback',
    modelName: version.name,
    version: version.version,
    fromStage: version.stage,
    toStage: 'GNU_Production',
    holder: holder?.version ?? null,
    status,
    refusals,
    summary: summarise(version, holder, status),
    target,
  };
}

function neverInProduction({ name, version }: ModelVersion): Refusal {
  return {
    rule: 'never_in_production',
    message: `Version ${version} of "${name}" has never been in production, so there is no going back to it. Promote it through its gates instead.`,
  };
}

function summarise(
  { name, version, stage }: ModelVersion,
  holder: ModelVersion | undefined,
  status: RollbackPlan['status'],
): string {
  const subject = `version ${version} of "${name}"`;
  if (status === 'nothing_to_do') return `nothing to do: ${subject} is in GNU_Production already`;
  if (status === 'refused') return `refused: ${subject} stays in ${stage}`;
  const archived = holder === undefined ? '' : `; version ${holder.version} is archived`;
  return `rollback to ${subject}: ${stage} -> GNU_Production${archived}`;
}
