import { checkRunBatch } from '../check-run-batch.ts';
import type { Tags } from '../entities.ts';
import { ParamConflictError } from '../errors.ts';
import type { RunBatch } from '../registry.ts';
import { activeRunRow } from './run-rows.ts';
import { writeRunTags } from './runs.ts';
import type { Store } from './store.ts';
import { writeMetrics } from './write-metrics.ts';

/**
 * Write metrics, parameters and tags of a run, all or none. The same point or parameter again
 * changes nothing.
 *
 * @throws {RunNotFoundError | DeletedError | ParamConflictError | LoggedModelNotFoundError}
 * @throws {NameInvalidError | ValueInvalidError}
 */
export function logBatch(store: Store, runId: string, batch: RunBatch): void {
  const { metrics = [], params = {}, tags = {} } = batch;
  checkRunBatch(batch);
  store.db.write('process', () => {
    const run = activeRunRow(store, runId);
    writeParams(store, runId, params);
    writeMetrics(store, run, metrics);
    writeRunTags(store, runId, tags);
  });
}

function writeParams(store: Store, runId: string, params: Tags): void {
  for (const [key, value] of Object.entries(params)) {
    const { value: kept } = store.db.get<{ value: string }>(
      `INSERT INTO run_params (run_id, key, value) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET value = value RETURNING value`,
      [runId, key, value],
    )!;
    if (kept !== value) throw new ParamConflictError(runId, key, { old: kept, new: value });
  }
}
