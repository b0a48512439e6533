import { isGnuMlopsError } from '@gnu-mlops/core';
import { MODEL_FILE_NAME, type Model, parseModel } from '@gnu-mlops/model';
import type { ModelVersion, Registry } from '@gnu-mlops/registry-client';
import { ModelNotFoundError } from './errors.ts';

/**
 * Fetch and read the model of a version.
 *
 * @throws {ModelNotFoundError} when the version has no model file of ours.
 * @throws a `MODEL_FILE_*` error of `@gnu-mlops/model` when the file is not sound.
 */
export async function loadModel(
  registry: Pick<Registry, 'downloadModelFile'>,
  { name, version }: ModelVersion,
): Promise<Model> {
  const bytes = await registry
    .downloadModelFile(name, version, MODEL_FILE_NAME)
    .catch((error: unknown) => {
      if (!isGnuMlopsError(error) || error.code !== 'REGISTRY_ARTIFACT_NOT_FOUND') throw error;
      throw new ModelNotFoundError(
        name,
        `version ${version} of "${name}" has no file ${MODEL_FILE_NAME}, so gnu-mlops did not make it. Choose a version that it did.`,
        { cause: error },
      );
    });
  return parseModel(bytes);
}
