import { resolve } from 'node:path';
import type { JsonObject } from '@gnu-mlops/core';
import { type Config, redactConfig } from '@gnu-mlops/core/config';
import { SettingMissingError, SettingUnsupportedError } from './errors.ts';

/** What a caller decides over the configuration, such as by options of a command. */
export interface TrainingOverrides {
  /** The folder that a relative path starts at. */
  readonly cwd: string;
  /** In place of `data.local_path`. */
  readonly dataPath?: string;
  /** In place of `data.target`. */
  readonly target?: string;
  /**
   * In place of `model.algorithm`. Another one than the configured starts with its own defaults: the
   * configured hyperparameters are those of the configured algorithm.
   */
  readonly algorithm?: string;
  /** Over the hyperparameters, one by one. */
  readonly hyperparameters?: JsonObject;
}

/** A training as the configuration wants it. */
export interface TrainingSettings {
  readonly source: { readonly path: string };
  readonly target: string;
  readonly features?: readonly string[];
  readonly algorithm: string;
  readonly hyperparameters: JsonObject;
  readonly testSize: number;
  readonly folds: number;
  readonly seed: number;
  readonly experimentName: string;
  readonly modelName: string;
  /** The whole configuration without its secrets, for the run's record. */
  readonly configuration: JsonObject;
}

/**
 * What to train, on what, and under which names.
 *
 * Features that are configured belong to the configured file: with another file they are left to
 * the default, all columns but the target.
 *
 * @throws {SettingMissingError} when no file or no target is named: neither is ever guessed.
 * @throws {SettingUnsupportedError} for a source or a validation share that nothing here uses.
 */
export function trainingSettings(config: Config, overrides: TrainingOverrides): TrainingSettings {
  const { data, training, mlflow, model } = config;
  if (training.validation_size > 0) {
    throw new SettingUnsupportedError(
      'training.validation_size',
      `is ${training.validation_size}, and no algorithm here stops early. Set it to 0.`,
    );
  }
  const isConfiguredFile = overrides.dataPath === undefined;
  const algorithm = overrides.algorithm ?? model.algorithm;
  return {
    source: { path: resolve(overrides.cwd, overrides.dataPath ?? configuredPath(config)) },
    target: overrides.target ?? configuredTarget(config),
    ...(isConfiguredFile && data.features !== undefined && { features: data.features }),
    algorithm,
    hyperparameters: {
      ...(algorithm === model.algorithm && model.hyperparameters),
      ...overrides.hyperparameters,
    },
    testSize: training.test_size,
    folds: training.cv_folds,
    seed: training.random_state,
    experimentName: mlflow.gnu_mlflow_config,
    modelName: mlflow.model_name,
    configuration: redactConfig(config),
  };
}

function configuredPath({ data }: Config): string {
  if (data.source !== 'local') {
    throw new SettingUnsupportedError(
      'data.source',
      `is ${data.source}, which nothing here reads. Set it to local, and data.local_path to a file.`,
    );
  }
  if (data.local_path === undefined) {
    throw new SettingMissingError(
      'data.local_path',
      'without a file there is nothing to learn from',
    );
  }
  return data.local_path;
}

function configuredTarget({ data }: Config): string {
  if (data.target === undefined) {
    throw new SettingMissingError('data.target', 'the column to predict is never guessed');
  }
  return data.target;
}
