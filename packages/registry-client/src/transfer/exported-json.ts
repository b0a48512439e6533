import type { MetricPoint, Run } from '../entities.ts';

/** A run as JSON can hold it. */
export interface ExportedRun extends Omit<Run, 'metrics' | 'latestMetrics'> {
  readonly latestMetrics: readonly ExportedPoint[];
}

/** A value of a metric as JSON can hold it: NaN and infinities as texts. */
export interface ExportedPoint extends Omit<MetricPoint, 'value'> {
  readonly value: number | string;
}

/** A run in the form that an export keeps. */
export function formatRun({ metrics: _, latestMetrics, ...run }: Run): ExportedRun {
  return { ...run, latestMetrics: latestMetrics.map(formatPoint) };
}

/** A value of a metric in the form that an export keeps. */
export function formatPoint<Point extends MetricPoint>(
  point: Point,
): Omit<Point, 'value'> & { readonly value: number | string } {
  const { value } = point;
  return { ...point, value: Number.isFinite(value) ? value : String(value) };
}
