import { checkDatasets } from '../check-datasets.ts';
import type { DatasetInput } from '../entities.ts';
import { activeRunRow } from './run-rows.ts';
import type { Store } from './store.ts';

/**
 * Note which data sets a run read. The same data set in the same context again changes nothing.
 *
 * @throws {RunNotFoundError | DeletedError | ValueInvalidError}
 */
export function logInputs(store: Store, runId: string, datasets: readonly DatasetInput[]): void {
  checkDatasets(datasets);
  store.db.write('process', () => {
    const run = activeRunRow(store, runId);
    for (const input of datasets) {
      store.db.run(
        `INSERT INTO run_inputs (run_id, experiment_id, run_number, name, digest, source_type,
           source, schema, profile, context, tags)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        [
          run.run_id,
          run.experiment_id,
          run.run_number,
          input.name,
          input.digest,
          input.sourceType,
          input.source,
          input.schema ?? null,
          input.profile ?? null,
          input.context ?? null,
          input.tags === undefined ? null : JSON.stringify(input.tags),
        ],
      );
    }
  });
}
