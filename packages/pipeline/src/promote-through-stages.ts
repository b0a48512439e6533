import { type Gate, type GateVerdict, applyPlan, draftPromotion } from '@gnu-mlops/deployer';
import type { HeldStage, Registry } from '@gnu-mlops/registry-client';
import type { StageGates } from './stage-gates.ts';

/** How a version fared at a stage. */
export interface StageOutcome {
  readonly stage: HeldStage;
  /**
   * `promoted`: it holds the stage now. `refused`: its gates or the rules of the stages keep it out.
   * `not_tried`: it did not reach the stage before.
   */
  readonly status: 'promoted' | 'refused' | 'not_tried';
  readonly version: string;
  /** The version that held the stage before and is archived now; null: none. */
  readonly displacedVersion: string | null;
  /** One a gate, passed ones too. */
  readonly verdicts: readonly GateVerdict[];
  /** For a person: one line. */
  readonly message: string;
}

/** Which version is to go how far. */
export interface StagesRequest {
  readonly registry: Registry;
  readonly modelName: string;
  readonly version: string;
  readonly gates: StageGates;
  readonly actor: string;
  readonly now: () => number;
  /** Let a version into production that was trained on made-up rows. */
  readonly syntheticData?: 'by-name';
}

/**
 * Promote a version to Staging and from there to GNU_Production, as far as its gates let it. That
 * they refuse it is an outcome, not an error.
 *
 * @throws {PlanOutdatedError} of `@gnu-mlops/deployer` when somebody else moves a stage meanwhile.
 */
export async function promoteThroughStages(
  request: StagesRequest,
): Promise<{ staging: StageOutcome; production: StageOutcome }> {
  const staging = await enterStage(request, 'Staging', request.gates.staging);
  const production =
    staging.status === 'promoted'
      ? await enterStage(request, 'GNU_Production', request.gates.production)
      : notTried(request.version);
  return { staging, production };
}

async function enterStage(
  request: StagesRequest,
  stage: HeldStage,
  gates: readonly Gate[],
): Promise<StageOutcome> {
  const { registry, modelName, version, actor, now, syntheticData } = request;
  const plan = await draftPromotion({
    registry,
    name: modelName,
    version,
    to: stage,
    gates,
    ...(syntheticData && { syntheticData }),
  });
  const isRefused = plan.status === 'refused';
  if (!isRefused) await applyPlan(plan, registry, { actor, now });
  return {
    stage,
    status: isRefused ? 'refused' : 'promoted',
    version,
    displacedVersion: isRefused ? null : plan.holder,
    verdicts: plan.verdicts,
    message: isRefused ? plan.refusals.map(({ message }) => message).join(' ') : plan.summary,
  };
}

function notTried(version: string): StageOutcome {
  return {
    stage: 'GNU_Production',
    status: 'not_tried',
    version,
    displacedVersion: null,
    verdicts: [],
    message: `version ${version} is not in Staging, where production takes its versions from`,
  };
}
