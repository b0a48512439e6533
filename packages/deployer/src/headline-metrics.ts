import { METRIC_NAMES } from '@gnu-mlops/core';
import type { GateVerdict } from './gate-verdict.ts';

/**
 * The figures that sum a version up: evaluation metrics and those that its gates ask for, as far as
 * they were measured. A run may log thousands; tags and descriptions hold these.
 */
export function headlineMetrics(
  metrics: { readonly [metric: string]: number },
  verdicts: readonly Pick<GateVerdict, 'metric'>[],
): [name: string, value: number][] {
  const names = new Set<string>([...METRIC_NAMES, ...verdicts.map(({ metric }) => metric)]);
  return [...names]
    .filter((name) => Object.hasOwn(metrics, name) && Number.isFinite(metrics[name]))
    .map((name) => [name, metrics[name]!]);
}
