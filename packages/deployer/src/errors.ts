import { GnuMlopsError } from '@gnu-mlops/core';
import type { PromotionPlan, Refusal, RollbackPlan } from './deployment-plan.ts';
import type { GateVerdict } from './gate-verdict.ts';

/** A gate cannot be evaluated as it stands. */
export class GateInvalidError extends GnuMlopsError {
  static readonly code = 'DEPLOYER_GATE_INVALID';
  readonly gate: string;

  constructor(gate: string, problem: string) {
    super(
      GateInvalidError.code,
      `Gate "${gate}" cannot be evaluated: ${problem}. A gate needs a name of its own, a finite threshold, and the direction at_least or at_most.`,
    );
    this.gate = gate;
  }
}

/** A version does not meet its gates. Nothing was changed. */
export class GateRefusedError extends GnuMlopsError {
  static readonly code = 'DEPLOYER_GATE_REFUSED';
  readonly plan: PromotionPlan;
  /** All of them, passed ones too. */
  readonly verdicts: readonly GateVerdict[];

  constructor(plan: PromotionPlan) {
    const unmet = plan.verdicts.filter(({ verdict }) => verdict !== 'pass');
    const isOnlyMissing = unmet.every(({ verdict }) => verdict === 'not_enough_evidence');
    const remedy = isOnlyMissing
      ? 'Log the metric on the run that made the version.'
      : 'Train a better version or move the threshold.';
    super(
      GateRefusedError.code,
      `Version ${plan.version} of "${plan.modelName}" is refused for ${plan.toStage}: ${unmet.map(({ message }) => message).join('; ')}. ${remedy}`,
    );
    this.plan = plan;
    this.verdicts = plan.verdicts;
  }
}

/** The rules of the stages forbid a move. Nothing was changed. */
export class StageRefusedError extends GnuMlopsError {
  static readonly code = 'DEPLOYER_STAGE_REFUSED';
  readonly plan: PromotionPlan | RollbackPlan;
  readonly refusals: readonly Refusal[];

  constructor(plan: PromotionPlan | RollbackPlan) {
    super(StageRefusedError.code, plan.refusals.map(({ message }) => message).join(' '));
    this.plan = plan;
    this.refusals = plan.refusals;
  }
}

/** Somebody else moved a stage between the plan and its application. Nothing was changed. */
export class PlanOutdatedError extends GnuMlopsError {
  static readonly code = 'DEPLOYER_PLAN_OUTDATED';
  readonly modelName: string;
  readonly version: string;

  constructor(
    { modelName, version, toStage }: PromotionPlan | RollbackPlan,
    change: string,
    options?: ErrorOptions,
  ) {
    super(
      PlanOutdatedError.code,
      `The plan to move version ${version} of "${modelName}" to ${toStage} is out of date: ${change}. Nothing was changed; make a new plan.`,
      options,
    );
    this.modelName = modelName;
    this.version = version;
  }
}

/** No version was named, and none is waiting to be promoted. */
export class NoCandidateError extends GnuMlopsError {
  static readonly code = 'DEPLOYER_NO_CANDIDATE';
  readonly modelName: string;

  constructor(modelName: string, problem: string) {
    super(NoCandidateError.code, `Nothing of "${modelName}" can be promoted: ${problem}`);
    this.modelName = modelName;
  }
}

/** There is no version that production could go back to. */
export class NoPreviousError extends GnuMlopsError {
  static readonly code = 'DEPLOYER_NO_PREVIOUS';
  readonly modelName: string;

  constructor(modelName: string, current: string | undefined) {
    const problem =
      current === undefined
        ? 'it has never had a version in production'
        : `no version was in production before version ${current}, other than those that it was rolled back from or that were deleted`;
    super(
      NoPreviousError.code,
      `There is nothing to roll "${modelName}" back to: ${problem}. Name the version to go back to, or promote another one.`,
    );
    this.modelName = modelName;
  }
}
