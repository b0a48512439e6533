import type { JsonObject } from '@gnu-mlops/core';
import type { Config } from '@gnu-mlops/core/config';
import { defaultSearchSpace, withoutHyperparameters } from '@gnu-mlops/trainer';
import {
  type TrainingOverrides,
  type TrainingSettings,
  trainingSettings,
} from './training-settings.ts';

/** What a caller decides over the configuration, such as by options of a command. */
export interface TuningOverrides extends TrainingOverrides {
  /** In place of `tuning.trials`. */
  readonly trials?: number;
  /** In place of `tuning.sampler`. */
  readonly sampler?: Config['tuning']['sampler'];
  /** In place of `tuning.metric`. */
  readonly metric?: string;
  /** In place of `tuning.pruner`. */
  readonly pruner?: Config['tuning']['pruner'];
  /** In place of `tuning.concurrency`. */
  readonly concurrency?: number;
}

/** A tuning as the configuration wants it. */
export interface TuningSettings extends TrainingSettings {
  readonly trials: number;
  readonly sampler: { readonly kind: 'tpe' | 'random' | 'grid' };
  readonly pruner: { readonly kind: 'median' | 'none' };
  readonly concurrency: number;
  readonly metric?: string;
  /** As configured; the search checks it. Left out: what suits the algorithm. */
  readonly space?: JsonObject;
}

/**
 * What to search, how, and everything that a training needs, too.
 *
 * The configured space belongs to the configured algorithm: another one is searched in its own. A
 * hyperparameter that the caller gives is fixed, and is not searched.
 *
 * @throws what {@link trainingSettings} throws.
 */
export function tuningSettings(config: Config, overrides: TuningOverrides): TuningSettings {
  const { tuning, model } = config;
  const settings = trainingSettings(config, overrides);
  const metric = overrides.metric ?? tuning.metric;
  const isConfiguredAlgorithm = settings.algorithm === model.algorithm;
  const hasSpace = isConfiguredAlgorithm && Object.keys(tuning.space).length > 0;
  const configured = hasSpace ? (tuning.space as unknown as JsonObject) : undefined;
  const space = unfixedSpace(settings.algorithm, configured, overrides.hyperparameters);
  return {
    ...settings,
    trials: overrides.trials ?? tuning.trials,
    sampler: { kind: overrides.sampler ?? tuning.sampler },
    pruner: { kind: overrides.pruner ?? tuning.pruner },
    concurrency: overrides.concurrency ?? tuning.concurrency,
    ...(metric !== undefined && { metric }),
    ...(space && { space }),
  };
}

/** What of a space, or of that which suits the algorithm, is left to search; undefined: all of that. */
function unfixedSpace(
  algorithm: string,
  configured: JsonObject | undefined,
  fixed: JsonObject = {},
): JsonObject | undefined {
  const names = Object.keys(fixed);
  const space = configured ?? (defaultSearchSpace(algorithm) as JsonObject | undefined);
  if (names.length === 0 || space === undefined) return configured;
  const unfixed = withoutHyperparameters(algorithm, space, names);
  return Object.keys(unfixed).length < Object.keys(space).length ? unfixed : configured;
}
