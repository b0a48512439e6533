import type { Experiment } from '../entities.ts';
import { DeletedError } from '../conflict-errors.ts';
import { ExperimentNotFoundError } from '../not-found-errors.ts';
import type { Registry } from '../registry.ts';

/** The experiment of a name. @throws {ExperimentNotFoundError | DeletedError} */
export async function findExperimentOf(
  registry: Pick<Registry, 'findExperiment'>,
  name: string,
): Promise<Experiment> {
  const experiment = await registry.findExperiment(name);
  if (experiment === undefined) throw new ExperimentNotFoundError(name);
  if (experiment.lifecycleStage === 'deleted') throw new DeletedError('experiment', name);
  return experiment;
}
