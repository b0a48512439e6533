import type { LedgerEntry } from '@gnu-mlops/registry-client';
import type { DeploymentPlan } from './deployment-plan.ts';

/** A plan that was carried out. */
export interface Deployment<Plan extends DeploymentPlan = DeploymentPlan> {
  readonly plan: Plan;
  /** What the ledger says about it; null when there was nothing to do. */
  readonly entry: LedgerEntry | null;
}
