import type { Config } from '@gnu-mlops/core/config';
import type { HeldStage } from '@gnu-mlops/registry-client';

/** Which registered model answers, and from which stage. */
export interface ServedModel {
  readonly modelName: string;
  readonly stage: HeldStage;
}

/** The model that answers predictions, or the one that scores waiting files. */
export function servedModel(config: Config, purpose: 'predict' | 'batch'): ServedModel {
  const section = purpose === 'predict' ? config.deployment : config.batch_inference;
  return { modelName: config.mlflow.model_name, stage: section.model_stage };
}
