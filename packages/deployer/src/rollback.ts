import { type ApplyOptions, applyPlan } from './apply-plan.ts';
import type { RollbackPlan } from './deployment-plan.ts';
import type { Deployment } from './deployment.ts';
import { type RollbackRequest, draftRollback } from './draft-rollback.ts';

/**
 * Put production back to the version that it had before, or to a named one that it had at some
 * time; the version in production now is archived.
 *
 * @throws {NoPreviousError} when no version is named and there is none to go back to.
 * @throws {StageRefusedError} when the named version has never been in production.
 * @throws {PlanOutdatedError} when a stage was moved meanwhile.
 */
export async function rollback(
  request: RollbackRequest & ApplyOptions,
): Promise<Deployment<RollbackPlan>> {
  const plan = await draftRollback(request);
  return { plan, entry: await applyPlan(plan, request.registry, request) };
}
