import type { ModelVersion, Registry } from '@gnu-mlops/registry-client';
import { findModelVersion } from './find-model-version.ts';
import { loadModel } from './load-model.ts';
import type { ModelCache } from './model-cache.ts';
import type { ModelSelector } from './model-selector.ts';
import { type PredictOptions, type RowPredictor, createRowPredictor } from './row-predictor.ts';

/** The part of a registry that a predictor reads. */
export type ModelRegistry = Pick<
  Registry,
  'uri' | 'findVersionByStage' | 'findVersionByAlias' | 'getModelVersion' | 'downloadModelFile'
>;

/** A model of a registry, ready to predict. */
export interface ServedVersion extends RowPredictor {
  readonly version: ModelVersion;
}

/** Which model to serve and how. */
export type ServeRequest = ModelSelector &
  PredictOptions & {
    readonly registry: ModelRegistry;
    readonly modelName: string;
  };

/**
 * Find the version that is asked for and make it ready. When it is the one that is being served,
 * that one is returned and nothing is loaded.
 *
 * @throws {ModelNotFoundError} when there is no such version, or no model file of ours in it.
 */
export async function serveVersion(
  request: ServeRequest,
  cache: ModelCache,
  serving?: ServedVersion,
): Promise<ServedVersion> {
  const { registry, modelName, onExtraField = 'ignore' } = request;
  const version = await findModelVersion(registry, modelName, request);
  if (version.version === serving?.version.version) return serving;
  const key = JSON.stringify([registry.uri, modelName, version.version]);
  const model = await cache.load(key, () => loadModel(registry, version));
  return { ...createRowPredictor(model, { onExtraField }), version };
}
