import { isGnuMlopsError } from '@gnu-mlops/core';
import {
  type LedgerEntry,
  type Registry,
  StageConflictError,
  VersionConflictError,
} from '@gnu-mlops/registry-client';
import type { DeploymentPlan } from './deployment-plan.ts';
import { GateRefusedError, PlanOutdatedError, StageRefusedError } from './errors.ts';
import { formatLedgerEvidence } from './ledger-evidence.ts';

/** Who carries a plan out, when, and why. */
export interface ApplyOptions {
  /** A person or a program, as the ledger shall name it. */
  readonly actor: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Default: the plan's summary. */
  readonly reason?: string;
}

/**
 * Carry a plan out: the one function of this package that changes a registry. The stage, the tags,
 * the description and the ledger entry are written in one step or not at all.
 *
 * @returns the ledger entry; null when the plan has nothing to do.
 * @throws {GateRefusedError} for a plan refused by its gates alone.
 * @throws {StageRefusedError} for a plan refused by a rule of the stages.
 * @throws {PlanOutdatedError} when a stage was moved since the plan was made.
 */
export async function applyPlan(
  plan: DeploymentPlan,
  registry: Pick<Registry, 'moveStage'>,
  { actor, now, reason }: ApplyOptions,
): Promise<LedgerEntry | null> {
  if (plan.status === 'refused') throw refusalError(plan);
  if (plan.status === 'nothing_to_do') return null;
  const at = now();
  try {
    return await registry.moveStage({
      name: plan.modelName,
      version: plan.version,
      stage: plan.toStage,
      expectedHolder: plan.holder,
      expectedStage: plan.fromStage,
      tags: {
        ...(plan.action === 'promote' ? plan.tags : {}),
        'gnu_mlops.promoted_at': new Date(at).toISOString(),
        'gnu_mlops.promoted_by': actor,
      },
      ...(plan.action === 'promote' ? { description: plan.description } : {}),
      actor,
      reason: reason ?? plan.summary,
      evidence: formatLedgerEvidence(plan),
      at,
    });
  } catch (error) {
    const change = isGnuMlopsError(error) ? changeOf(error.code, plan) : undefined;
    throw change === undefined ? error : new PlanOutdatedError(plan, change, { cause: error });
  }
}

/** What has changed since the plan was made, by the registry's refusal. */
function changeOf(code: string, plan: DeploymentPlan): string | undefined {
  if (code === VersionConflictError.code) return `the version is not in ${plan.fromStage} any more`;
  if (code !== StageConflictError.code) return undefined;
  const holder = plan.holder === null ? 'no version' : `version ${plan.holder}`;
  return `${holder} held the stage and does not any more`;
}

function refusalError(plan: DeploymentPlan): GateRefusedError | StageRefusedError {
  const isGatesAlone = plan.refusals.every(({ rule }) => rule === 'gate');
  return plan.action === 'promote' && isGatesAlone
    ? new GateRefusedError(plan)
    : new StageRefusedError(plan);
}
