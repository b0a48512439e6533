import type { Experiment } from '@gnu-mlops/registry-client';
import { experimentLocation } from '../client-location.ts';
import { formatTags } from './tags.ts';

/** An experiment as the protocol writes it. */
export function formatExperiment(experiment: Experiment): object {
  return {
    experiment_id: experiment.experimentId,
    name: experiment.name,
    artifact_location: experimentLocation(experiment),
    lifecycle_stage: experiment.lifecycleStage,
    last_update_time: experiment.lastUpdateTime,
    creation_time: experiment.creationTime,
    tags: formatTags(experiment.tags),
  };
}
