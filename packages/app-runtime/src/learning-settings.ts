import type { JsonObject } from '@gnu-mlops/core';
import { type Config, redactConfig } from '@gnu-mlops/core/config';
import { type DecisionRequest, algorithmNamed, mergeHyperparameters } from '@gnu-mlops/trainer';
import { type DecisionOverrides, decisionSettings } from './decision-settings.ts';
import { SettingUnsupportedError } from './errors.ts';

/** How to learn, whatever is learned from. */
export interface LearningSettings extends DecisionRequest {
  readonly algorithm: string;
  readonly hyperparameters: JsonObject;
  readonly testSize: number;
  readonly folds: number;
  readonly seed: number;
  /** Left out: the second of two classes. */
  readonly positiveClass?: string;
  /** The whole configuration without its secrets, for the run's record. */
  readonly configuration: JsonObject;
}

/** What a caller decides over the configuration. */
export interface LearningOverrides extends DecisionOverrides {
  /**
   * In place of `model.algorithm`. Another one than the configured starts with its own defaults: the
   * configured hyperparameters are those of the configured algorithm.
   */
  readonly algorithm?: string;
  /** Over the hyperparameters, one by one. */
  readonly hyperparameters?: JsonObject;
}

/**
 * The algorithm, its hyperparameters, the splits, the decisions and the seed.
 *
 * @throws {SettingUnsupportedError} for a validation share that the algorithm does not use.
 * @throws what {@link decisionSettings} throws.
 * @throws {AlgorithmUnknownError} of `@gnu-mlops/trainer`, naming the nearest one there is.
 */
export function learningSettings(
  config: Config,
  overrides: LearningOverrides = {},
): LearningSettings {
  const { training, model } = config;
  const algorithm = overrides.algorithm ?? model.algorithm;
  return {
    algorithm,
    hyperparameters: mergeHyperparameters(
      algorithm,
      {
        ...validationShare(algorithm, training.validation_size),
        ...(algorithm === model.algorithm && model.hyperparameters),
      },
      overrides.hyperparameters ?? {},
    ),
    testSize: training.test_size,
    folds: training.cv_folds,
    seed: training.random_state,
    ...(training.positive_class !== undefined && { positiveClass: training.positive_class }),
    ...decisionSettings(config, overrides),
    configuration: redactConfig(config),
  };
}

/** The rows set aside, as the hyperparameter of an algorithm that stops early. */
function validationShare(algorithm: string, share: number): JsonObject {
  if (share === 0) return {};
  const { hyperparameters } = algorithmNamed(algorithm);
  if (!Object.hasOwn(hyperparameters, 'validation_fraction')) {
    throw new SettingUnsupportedError(
      'training.validation_size',
      `is ${share}, and ${algorithm} does not stop early. Set it to 0.`,
    );
  }
  const stops = Object.hasOwn(hyperparameters, 'early_stopping') && { early_stopping: true };
  return { validation_fraction: share, ...stops };
}
