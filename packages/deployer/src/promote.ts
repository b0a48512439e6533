import { type ApplyOptions, applyPlan } from './apply-plan.ts';
import type { PromotionPlan } from './deployment-plan.ts';
import type { Deployment } from './deployment.ts';
import { type PromotionRequest, draftPromotion } from './draft-promotion.ts';

/**
 * Promote a version: find it, hold it against its gates, and move it; the version that held the
 * stage is archived.
 *
 * A promotion that another one overtakes is refused, not repeated: what won may be better.
 *
 * @throws {GateRefusedError} when the version does not meet its gates.
 * @throws {StageRefusedError} when the stages forbid the move.
 * @throws {NoCandidateError} when no version is named and none is waiting.
 * @throws {PlanOutdatedError} when a stage was moved meanwhile.
 */
export async function promote(
  request: PromotionRequest & ApplyOptions,
): Promise<Deployment<PromotionPlan>> {
  const plan = await draftPromotion(request);
  return { plan, entry: await applyPlan(plan, request.registry, request) };
}
