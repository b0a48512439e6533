import { isGnuMlopsError } from '@gnu-mlops/core';
import type { ModelVersion, Registry } from '@gnu-mlops/registry-client';
import { ModelNotFoundError } from './errors.ts';
import type { ModelSelector } from './model-selector.ts';

/**
 * Find the version that a selector means now.
 *
 * @throws {ModelNotFoundError} when there is none.
 */
export async function findModelVersion(
  registry: Pick<Registry, 'findVersionByStage' | 'findVersionByAlias' | 'getModelVersion'>,
  modelName: string,
  selector: ModelSelector,
): Promise<ModelVersion> {
  const found = await lookUp(registry, modelName, selector).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
    throw new ModelNotFoundError(modelName, error.message, { cause: error });
  });
  if (found !== undefined) return found;
  throw new ModelNotFoundError(
    modelName,
    selector.stage === undefined
      ? `"${modelName}" has no alias "${selector.alias}". Set it, or choose a stage or a version.`
      : `"${modelName}" has no version in ${selector.stage}. Promote one, or choose a version.`,
  );
}

function lookUp(
  registry: Parameters<typeof findModelVersion>[0],
  modelName: string,
  { stage, alias, version }: ModelSelector,
): Promise<ModelVersion | undefined> {
  if (stage !== undefined) return registry.findVersionByStage(modelName, stage);
  if (alias !== undefined) return registry.findVersionByAlias(modelName, alias);
  return registry.getModelVersion(modelName, version);
}

const notFoundCodes = ['REGISTRY_MODEL_NOT_FOUND', 'REGISTRY_VERSION_NOT_FOUND'];

function isNotFound(error: unknown): error is Error {
  return isGnuMlopsError(error) && notFoundCodes.includes(error.code);
}
