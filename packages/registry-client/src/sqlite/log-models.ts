import { checkStep } from '../check-values.ts';
import type { RunModels } from '../logged-model-requests.ts';
import { loggedModelRow } from './logged-model-rows.ts';
import { activeRunRow } from './run-rows.ts';
import type { Store } from './store.ts';

/**
 * Note which logged models a run read and made; the same again changes nothing.
 *
 * @throws {RunNotFoundError | DeletedError | LoggedModelNotFoundError | ValueInvalidError}
 */
export function logModels(
  store: Store,
  runId: string,
  { inputs = [], outputs = [] }: RunModels,
): void {
  for (const { modelId, step } of outputs) checkStep(`step of logged model "${modelId}"`, step);
  store.db.write('process', () => {
    activeRunRow(store, runId);
    for (const modelId of inputs) {
      loggedModelRow(store, modelId);
      store.db.run(
        'INSERT INTO run_model_inputs (run_id, model_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
        [runId, modelId],
      );
    }
    for (const { modelId, step } of outputs) {
      loggedModelRow(store, modelId);
      store.db.run(
        `INSERT INTO run_model_outputs (run_id, model_id, step) VALUES (?, ?, ?)
         ON CONFLICT DO NOTHING`,
        [runId, modelId, step],
      );
    }
  });
}
