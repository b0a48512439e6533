import type { JsonObject } from '@gnu-mlops/core';
import { type Config, redactConfig } from '@gnu-mlops/core/config';
import { SettingUnsupportedError } from './errors.ts';

/** How to learn, whatever is learned from. */
export interface LearningSettings {
  readonly algorithm: string;
  readonly hyperparameters: JsonObject;
  readonly testSize: number;
  readonly folds: number;
  readonly seed: number;
  /** The whole configuration without its secrets, for the run's record. */
  readonly configuration: JsonObject;
}

/** What a caller decides over the configuration. */
export interface LearningOverrides {
  /**
   * In place of `model.algorithm`. Another one than the configured starts with its own defaults: the
   * configured hyperparameters are those of the configured algorithm.
   */
  readonly algorithm?: string;
  /** Over the hyperparameters, one by one. */
  readonly hyperparameters?: JsonObject;
}

/**
 * The algorithm, its hyperparameters, the splits and the seed.
 *
 * @throws {SettingUnsupportedError} for a validation share that no algorithm here uses.
 */
export function learningSettings(
  config: Config,
  overrides: LearningOverrides = {},
): LearningSettings {
  const { training, model } = config;
  if (training.validation_size > 0) {
    throw new SettingUnsupportedError(
      'training.validation_size',
      `is ${training.validation_size}, and no algorithm here stops early. Set it to 0.`,
    );
  }
  const algorithm = overrides.algorithm ?? model.algorithm;
  return {
    algorithm,
    hyperparameters: {
      ...(algorithm === model.algorithm && model.hyperparameters),
      ...overrides.hyperparameters,
    },
    testSize: training.test_size,
    folds: training.cv_folds,
    seed: training.random_state,
    configuration: redactConfig(config),
  };
}
