import {
  type HeldStage,
  type ModelVersion,
  RegisteredModelNotFoundError,
  type Registry,
} from '@gnu-mlops/registry-client';
import { chooseCandidate } from './choose-candidate.ts';
import type { PromotionPlan } from './deployment-plan.ts';
import { evaluateGates } from './evaluate-gates.ts';
import type { Gate } from './gate.ts';
import { listVersions } from './list-versions.ts';
import { planPromotion } from './plan-promotion.ts';
import { readVersionEvidence } from './read-version-evidence.ts';

/** Which version to promote, and what it must show. */
export interface PromotionRequest {
  readonly registry: Registry;
  readonly name: string;
  readonly to: HeldStage;
  /** What the metrics of the run that made the version are held against. */
  readonly gates: readonly Gate[];
  /**
   * Default: for Staging the newest version waiting in None, for GNU_Production the version in
   * Staging. An archived version is promoted only when it is named here.
   */
  readonly version?: string;
  /** Let the named version into production although it is not in Staging. */
  readonly skipStaging?: 'by-name';
  /** Let a version into production that was trained on made-up rows. */
  readonly syntheticData?: 'by-name';
}

/**
 * Find the version to promote, read its evidence, and plan. Changes nothing, so it is also the dry
 * run of a promotion.
 *
 * @throws {RegisteredModelNotFoundError} when no model has that name.
 * @throws {NoCandidateError} when no version is named and none is waiting.
 * @throws {GateInvalidError} when a gate cannot be evaluated.
 */
export async function draftPromotion(request: PromotionRequest): Promise<PromotionPlan> {
  const { registry, name, to, gates, skipStaging, syntheticData } = request;
  const version = await findVersion(request);
  const [holder, evidence] = await Promise.all([
    registry.findVersionByStage(name, to),
    readVersionEvidence(registry, version),
  ]);
  return planPromotion({
    version,
    to,
    holder,
    evidence,
    verdicts: evaluateGates(gates, evidence.metrics),
    ...(skipStaging === undefined ? {} : { skipStaging }),
    ...(syntheticData === undefined ? {} : { syntheticData }),
  });
}

async function findVersion({
  registry,
  name,
  to,
  version,
}: PromotionRequest): Promise<ModelVersion> {
  if ((await registry.findRegisteredModel(name)) === undefined) {
    throw new RegisteredModelNotFoundError(name);
  }
  if (version !== undefined) return registry.getModelVersion(name, version);
  return chooseCandidate(await listVersions(registry, name), name, to);
}
