import type { Stage } from '@gnu-mlops/core';

/** A stage that one version at most can hold. */
export type HeldStage = 'Staging' | 'GNU_Production';

/** The stages that one version at most can hold. */
export const HELD_STAGES: readonly HeldStage[] = ['Staging', 'GNU_Production'];

/** The aliases that always name the holder of a stage, ours first, then MLflow's custom. */
export const STAGE_ALIASES: Readonly<Record<HeldStage, readonly string[]>> = {
  Staging: ['staging', 'challenger'],
  GNU_Production: ['production', 'champion'],
};

/** The tag of a version that says its stage in words, also where a server knows no such stage. */
export const STAGE_TAG = 'gnu_mlops.stage';

/** The stage that an alias follows; undefined for an alias of the user's own. */
export function stageOfAlias(alias: string): HeldStage | undefined {
  return HELD_STAGES.find((stage) => STAGE_ALIASES[stage].includes(alias));
}

/** Whether one version at most can be in this stage. */
export function isHeldStage(stage: Stage): stage is HeldStage {
  return stage === 'Staging' || stage === 'GNU_Production';
}
