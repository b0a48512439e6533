import type { Gate } from '@gnu-mlops/deployer';

/** What a version must measure to enter each stage; an empty list asks for nothing. */
export interface StageGates {
  readonly staging: readonly Gate[];
  readonly production: readonly Gate[];
}
