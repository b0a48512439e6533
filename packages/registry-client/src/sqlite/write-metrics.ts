import type { MetricPoint } from '../entities.ts';
import { writeModelMetric } from './logged-model-rows.ts';
import { toColumn } from './metric-rows.ts';
import { type RunRow, RUN_COLUMNS, runColumns } from './run-rows.ts';
import type { Store } from './store.ts';

/**
 * Write values of metrics of a run, inside a write; a value that is there already changes nothing.
 *
 * @throws {LoggedModelNotFoundError} where a value names a logged model that is not there.
 */
export function writeMetrics(store: Store, run: RunRow, metrics: readonly MetricPoint[]): void {
  const latest = new Map<string, MetricPoint>();
  for (const point of metrics) {
    writePoint(store, run, point);
    if (point.modelId !== undefined) {
      writeModelMetric(store, point.modelId, { ...point, runId: run.run_id });
    }
    const before = latest.get(point.key);
    if (before === undefined || isLater(point, before)) latest.set(point.key, point);
  }
  for (const point of latest.values()) writeLatest(store, run, point);
}

function writePoint(store: Store, run: RunRow, point: MetricPoint): void {
  store.db.run(
    `INSERT INTO metric_points (run_id, key, value, timestamp, step) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
    [run.run_id, point.key, toColumn(point.value), point.timestamp, point.step],
  );
}

/** The greatest by step, time and value is the latest; NaN is less than every number. */
function writeLatest(store: Store, run: RunRow, point: MetricPoint): void {
  store.db.run(
    `INSERT INTO latest_metrics (${RUN_COLUMNS.join(', ')}, key, value, timestamp, step)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE
     SET value = excluded.value, timestamp = excluded.timestamp, step = excluded.step
     WHERE (excluded.step, excluded.timestamp, excluded.value IS NOT NULL, excluded.value)
         > (step, timestamp, value IS NOT NULL, value)`,
    [...runColumns(run), point.key, toColumn(point.value), point.timestamp, point.step],
  );
}

function isLater(point: MetricPoint, before: MetricPoint): boolean {
  if (point.step !== before.step) return point.step > before.step;
  if (point.timestamp !== before.timestamp) return point.timestamp > before.timestamp;
  return Number.isNaN(before.value) || point.value > before.value;
}
