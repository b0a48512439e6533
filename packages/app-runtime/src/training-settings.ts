import type { Config } from '@gnu-mlops/core/config';
import type { DataCheck, RecipeSpec } from '@gnu-mlops/preprocess';
import type { TrainingSource } from '@gnu-mlops/pipeline';
import { checkSettings } from './check-settings.ts';
import { configuredSource, givenSource } from './configured-source.ts';
import { SettingMissingError } from './errors.ts';
import {
  type LearningOverrides,
  type LearningSettings,
  learningSettings,
} from './learning-settings.ts';
import { rowOrderSettings } from './row-order-settings.ts';
import { recipeSettings } from './recipe-settings.ts';

/** What a caller decides over the configuration, such as by options of a command. */
export interface TrainingOverrides extends LearningOverrides {
  /** The folder that a relative path starts at. */
  readonly cwd: string;
  /** A file, or an URI of S3, in place of the configured source. */
  readonly dataPath?: string;
  /** In place of `data.target`. */
  readonly target?: string;
  /** In place of `training.group_column`. */
  readonly groupColumn?: string;
  /** In place of `training.time_column`. */
  readonly timeColumn?: string;
}

/** A training as the configuration wants it. */
export interface TrainingSettings extends LearningSettings {
  readonly source: TrainingSource;
  readonly target: string;
  readonly features?: readonly string[];
  readonly groupColumn?: string;
  readonly timeColumn?: string;
  /** Left out: what suits the algorithm. */
  readonly recipe?: RecipeSpec;
  /** What must hold of the data; left out: nothing but what every training needs. */
  readonly checks?: readonly DataCheck[];
  readonly experimentName: string;
  readonly modelName: string;
}

/**
 * What to train, on what, and under which names.
 *
 * Features that are configured belong to the configured file, and so do the columns that rows are
 * split by: with another file they are left to the default, all other columns and a split at random.
 * A recipe that is configured is for any file that has the columns it names, and so are checks.
 *
 * @throws {SettingMissingError} when no file or no target is named: neither is ever guessed.
 * @throws {RecipeSpecInvalidError} of `@gnu-mlops/preprocess`, for a recipe that does not read.
 * @throws {DataChecksInvalidError} of `@gnu-mlops/preprocess`, for checks that do not read.
 * @throws {SettingUnsupportedError} for a source or a validation share that nothing here uses.
 */
export function trainingSettings(config: Config, overrides: TrainingOverrides): TrainingSettings {
  const { data, mlflow } = config;
  const recipe = recipeSettings(config);
  const checks = checkSettings(config);
  const isConfiguredFile = overrides.dataPath === undefined;
  return {
    ...learningSettings(config, overrides),
    source:
      overrides.dataPath === undefined
        ? configuredSource(config, { cwd: overrides.cwd, ...neededColumns(config, overrides) })
        : givenSource(config, overrides.dataPath, { cwd: overrides.cwd }),
    target: overrides.target ?? configuredTarget(config),
    ...(isConfiguredFile && data.features !== undefined && { features: data.features }),
    ...rowOrderSettings(config, overrides),
    ...(recipe && { recipe }),
    ...(checks && { checks }),
    experimentName: mlflow.gnu_mlflow_config,
    modelName: mlflow.model_name,
  };
}

/** Where features are named, the columns that a training looks at; a database sends no others. */
function neededColumns(
  config: Config,
  overrides: TrainingOverrides,
): { readonly columns?: readonly string[] } {
  const { features } = config.data;
  if (features === undefined) return {};
  const { groupColumn, timeColumn } = rowOrderSettings(config, overrides);
  const target = overrides.target ?? config.data.target;
  const named = [...features, target, groupColumn, timeColumn];
  return { columns: [...new Set(named.filter((name) => name !== undefined))] };
}

function configuredTarget({ data }: Config): string {
  if (data.target === undefined) {
    throw new SettingMissingError('data.target', 'the column to predict is never guessed');
  }
  return data.target;
}
