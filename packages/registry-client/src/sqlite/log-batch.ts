import { checkRunBatch } from '../check-run-batch.ts';
import type { Tags } from '../entities.ts';
import { ParamConflictError } from '../conflict-errors.ts';
import type { RunBatch } from '../registry.ts';
import { type RunRow, RUN_COLUMNS, activeRunRow, runColumns } from './run-rows.ts';
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
    writeParams(store, run, params);
    writeMetrics(store, run, metrics);
    writeRunTags(store, run, tags);
  });
}

function writeParams(store: Store, run: RunRow, params: Tags): void {
  for (const [key, value] of Object.entries(params)) {
    const { value: kept } = store.db.get<{ value: string }>(
      `INSERT INTO run_params (${RUN_COLUMNS.join(', ')}, key, value)
       VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = value RETURNING value`,
      [...runColumns(run), key, value],
    )!;
    if (kept !== value) throw new ParamConflictError(run.run_id, key, { old: kept, new: value });
  }
}
