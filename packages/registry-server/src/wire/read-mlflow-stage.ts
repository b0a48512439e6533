import type { MlflowStage } from '@gnu-mlops/registry-client';
import { RequestInvalidError } from '../errors.ts';

const stages: readonly MlflowStage[] = ['None', 'Staging', 'Production', 'Archived'];

/** One of MLflow's own stages, in upper or lower case. @throws {RequestInvalidError} */
export function readMlflowStage(word: string): MlflowStage {
  const stage = stages.find((each) => each.toLowerCase() === word.toLowerCase());
  if (stage !== undefined) return stage;
  throw new RequestInvalidError(
    `Invalid Model Version stage: ${word}. Value must be one of ${stages.join(', ')}.`,
  );
}
