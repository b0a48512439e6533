export { type ApplyOptions, applyPlan } from './apply-plan.ts';
export type { DeploymentPlan, PromotionPlan, Refusal, RollbackPlan } from './deployment-plan.ts';
export type { Deployment } from './deployment.ts';
export {
  type DeploymentHistory,
  type HistoryEntry,
  deploymentHistory,
} from './deployment-history.ts';
export {
  type DeployedVersion,
  type DeploymentInfo,
  describeDeployment,
} from './describe-deployment.ts';
export { type PromotionRequest, draftPromotion } from './draft-promotion.ts';
export { type RollbackRequest, draftRollback } from './draft-rollback.ts';
export {
  GateInvalidError,
  GateRefusedError,
  NoCandidateError,
  NoPreviousError,
  PlanOutdatedError,
  StageRefusedError,
} from './errors.ts';
export { evaluateGates } from './evaluate-gates.ts';
export type { GateVerdict } from './gate-verdict.ts';
export type { Gate } from './gate.ts';
export { type PromotionFacts, planPromotion } from './plan-promotion.ts';
export { type RollbackFacts, planRollback } from './plan-rollback.ts';
export { previousProductionVersion } from './previous-production-version.ts';
export { promote } from './promote.ts';
export { rollback } from './rollback.ts';
export { type StagePeriod, stagePeriods } from './stage-periods.ts';
export type { VersionEvidence } from './version-evidence.ts';
export { versionInStageAt } from './version-in-stage-at.ts';
