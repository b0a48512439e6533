import { rowAt, takeColumns } from '@gnu-mlops/core';
import { formatModelFolder } from '@gnu-mlops/model';
import { PROFILE_FILE_NAME, formatTableProfile } from '@gnu-mlops/preprocess';
import type { TrainedModel } from '@gnu-mlops/trainer';
import { formatReport } from './format-report.ts';
import type { PreparedTable } from './prepare-training-table.ts';
import type { TrainingRunOptions } from './training-options.ts';

/** The folder of a run's artifacts that holds the model. */
export const MODEL_FOLDER = 'model';

/** Rows of training data that are kept beside the model to show what it takes. */
const exampleRowCount = 5;

/**
 * Keep what a training made as artifacts of its run: the model's folder with the profile of its data,
 * the report, and, where there are some, what the checks found and the configuration.
 */
export async function logArtifacts(
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
): Promise<void> {
  const { model, report } = trained;
  const inputs = takeColumns(
    prepared.table,
    model.signature.inputs.map(({ name }) => name),
  );
  const modelFiles = formatModelFolder(model, {
    runId,
    inputExample: Array.from(report.split.train.subarray(0, exampleRowCount), (row) =>
      rowAt(inputs, row),
    ),
    createdAt: new Date(options.now()).toISOString(),
  });
  const texts = {
    'report.json': formatReport(prepared, report),
    [`${MODEL_FOLDER}/${PROFILE_FILE_NAME}`]: formatTableProfile(prepared.profile),
    ...(prepared.checks && { 'data_checks.json': formatJson(prepared.checks) }),
    ...(options.configuration === undefined
      ? {}
      : { 'config.json': formatJson(options.configuration) }),
  };
  for (const [name, content] of modelFiles) {
    await options.registry.uploadArtifact(runId, `${MODEL_FOLDER}/${name}`, content);
  }
  for (const [name, text] of Object.entries(texts)) {
    await options.registry.uploadArtifact(runId, name, new TextEncoder().encode(text));
  }
}

function formatJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
