import type { MetricPoint } from '../entities.ts';

/** A row with one value of a metric. */
export interface PointRow {
  readonly key: string;
  /** NULL is NaN. */
  readonly value: number | null;
  readonly timestamp: number;
  readonly step: number;
}

/** A row as a value of a metric. */
export function toPoint({ key, value, timestamp, step }: PointRow): MetricPoint {
  return { key, value: value ?? NaN, timestamp, step };
}

/** A metric's value as the tables keep it. */
export function toColumn(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
