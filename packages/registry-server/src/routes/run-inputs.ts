import { type Route, route } from '../route.ts';
import { list, required, text, whole } from '../wire/field.ts';
import { message } from '../wire/message.ts';
import { datasetInput, readDatasetInput } from '../wire/dataset-input.ts';

/** Data sets and logged models that runs read, and logged models that they made. */
export const runInputRoutes: readonly Route[] = [
  route(
    { method: 'POST', path: '/mlflow/runs/log-inputs', scope: 'write' },
    {
      run_id: required(text),
      datasets: list(datasetInput),
      models: list(message({ model_id: required(text) })),
    },
    async ({ registry }, { run_id: id, datasets = [], models = [] }) => {
      await registry.logInputs(id, datasets.map(readDatasetInput));
      if (models.length > 0) {
        await registry.logModels(id, { inputs: models.map(({ model_id: modelId }) => modelId) });
      }
    },
  ),
  route(
    { method: 'POST', path: '/mlflow/runs/outputs', scope: 'write' },
    {
      run_id: required(text),
      models: required(list(message({ model_id: required(text), step: whole }))),
    },
    ({ registry }, { run_id: id, models }) =>
      registry.logModels(id, {
        outputs: models.map(({ model_id: modelId, step = 0 }) => ({ modelId, step })),
      }),
  ),
];
