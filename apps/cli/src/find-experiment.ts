import {
  type Experiment,
  ExperimentNotFoundError,
  type Registry,
} from '@gnu-mlops/registry-client';

/**
 * The experiment that a person means: by its name or, where none has that name, by its id. Also a
 * deleted one.
 *
 * @throws {ExperimentNotFoundError}
 */
export async function findExperiment(registry: Registry, text: string): Promise<Experiment> {
  const named = await registry.findExperiment(text);
  if (named !== undefined) return named;
  if (!/^\d+$/.test(text)) throw new ExperimentNotFoundError(text);
  return registry.getExperiment(text);
}
