import { checkRunBatch } from '../check-run-batch.ts';
import type { MetricPoint, Tags } from '../entities.ts';
import { ParamConflictError } from '../errors.ts';
import type { RunBatch } from '../registry.ts';
import { writeModelMetric } from './logged-model-rows.ts';
import { toColumn } from './metric-rows.ts';
import { activeRunRow } from './run-rows.ts';
import { writeRunTags } from './runs.ts';
import type { Store } from './store.ts';

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
    activeRunRow(store, runId);
    writeParams(store, runId, params);
    for (const point of metrics) {
      writeMetricPoint(store, runId, point);
      if (point.modelId !== undefined) writeModelMetric(store, point.modelId, { ...point, runId });
    }
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

function writeMetricPoint(store: Store, runId: string, point: MetricPoint): void {
  const row = [runId, point.key, toColumn(point.value), point.timestamp, point.step];
  store.db.run(
    `INSERT INTO metric_points (run_id, key, value, timestamp, step) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
    row,
  );
  store.db.run(
    `INSERT INTO latest_metrics (run_id, key, value, timestamp, step) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE
     SET value = excluded.value, timestamp = excluded.timestamp, step = excluded.step
     WHERE (excluded.step, excluded.timestamp, excluded.value IS NOT NULL, excluded.value)
         > (step, timestamp, value IS NOT NULL, value)`,
    row,
  );
}
