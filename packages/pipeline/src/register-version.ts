import { type ModelVersion, formatRunsUri } from '@gnu-mlops/registry-client';
import type { TrainedModel } from '@gnu-mlops/trainer';
import { MODEL_FOLDER } from './log-artifacts.ts';
import type { PreparedTable } from './prepare-training-table.ts';
import type { TrainingRunOptions } from './training-options.ts';

/** Register the model that a run keeps as the next version of the registered model. */
export async function registerVersion(
  runId: string,
  {
    prepared,
    trained,
    options,
  }: {
    readonly prepared: PreparedTable;
    readonly trained: TrainedModel;
    readonly options: TrainingRunOptions;
  },
): Promise<ModelVersion> {
  const { registry, modelName } = options;
  const { provenance } = trained.model;
  await registry.ensureRegisteredModel(modelName);
  return registry.createModelVersion({
    name: modelName,
    source: formatRunsUri({ runId, folder: MODEL_FOLDER }),
    runId,
    description:
      options.description ??
      `${provenance.algorithm} that predicts ${prepared.target}, ` +
        `trained on ${provenance.trainingRows} rows of ${prepared.name}.`,
    tags: {
      'gnu_mlops.algorithm': provenance.algorithm,
      'gnu_mlops.task': prepared.task,
      'gnu_mlops.target': prepared.target,
      'gnu_mlops.data_digest': prepared.digest,
    },
    createdAt: options.now(),
  });
}
