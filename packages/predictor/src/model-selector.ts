import type { HeldStage } from '@gnu-mlops/registry-client';

/** Which version of a registered model: the one in a stage, the one an alias names, or a number. */
export type ModelSelector =
  | { readonly stage: HeldStage; readonly alias?: never; readonly version?: never }
  | { readonly alias: string; readonly stage?: never; readonly version?: never }
  | { readonly version: string; readonly stage?: never; readonly alias?: never };
