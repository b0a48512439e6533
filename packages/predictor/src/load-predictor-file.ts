import { readFile } from 'node:fs/promises';
import { createPredictorFromBytes } from './create-predictor.ts';
import { ModelFileUnreadableError } from './errors.ts';
import type { Predictor } from './predictor.ts';
import type { PredictOptions } from './row-predictor.ts';

/**
 * A predictor of a model file on this machine.
 *
 * @throws {ModelFileUnreadableError} when the file is not there or cannot be read.
 * @throws a `MODEL_FILE_*` error of `@gnu-mlops/model` when it is no sound model file.
 */
export async function loadPredictorFile(
  path: string,
  options: PredictOptions = {},
): Promise<Predictor> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new ModelFileUnreadableError(path, { cause: error });
  });
  return createPredictorFromBytes(bytes, options);
}
