import type { Config } from '@gnu-mlops/core/config';
import type { FileSource, FitRecipeRequest, OpenedSource } from '@gnu-mlops/pipeline';
import { configuredSource, givenSource } from './configured-source.ts';
import type { FileWords } from './file-settings.ts';
import { recipeSettings } from './recipe-settings.ts';

/** What a caller decides over the configuration. */
export interface RecipeFitOverrides {
  /** The folder that a relative path starts at. */
  readonly cwd: string;
  /** In place of the configured source; as `givenSource` takes it. */
  readonly dataPath?: string | undefined;
  /** How it is read; over what `data` says of the configured source. */
  readonly reading?: FileWords | undefined;
  /** In place of `data.target`. */
  readonly target?: string | undefined;
  /** The default recipe of a family of algorithms, in place of `preprocessing.steps`. */
  readonly family?: 'trees' | 'linear' | undefined;
}

/**
 * What a recipe is learnt from, and which: the configured steps, else the default ones for trees.
 * Features that are configured belong to the configured source, and a target to any: what is to be
 * predicted must never become a feature. Nothing stands in for a source that is out of reach.
 *
 * @throws {SettingMissingError} when no source is named.
 * @throws {RecipeSpecInvalidError} of `@gnu-mlops/preprocess`, for steps that do not read.
 */
export function recipeFitSettings(
  config: Config,
  { cwd, dataPath, reading, target, family }: RecipeFitOverrides,
): FitRecipeRequest {
  const { data } = config;
  const isConfigured = dataPath === undefined;
  const wanted = target ?? data.target;
  const steps = family === undefined ? recipeSettings(config) : undefined;
  return {
    source: isConfigured
      ? configured({ ...config, data: { ...data, ...reading } }, cwd)
      : givenSource(config, dataPath, { cwd, ...(reading && { reading }) }),
    recipe: steps ?? { for: family ?? 'trees' },
    ...(wanted !== undefined && { target: wanted }),
    ...(isConfigured && data.features !== undefined && { features: data.features }),
  };
}

function configured(config: Config, cwd: string): FileSource | OpenedSource {
  const source = configuredSource(config, { cwd });
  return 'fallback' in source ? source.source : (source as FileSource | OpenedSource);
}
