import { type Task, isMetricName, metricTask } from '@gnu-mlops/core';
import type { Config, MetricThreshold } from '@gnu-mlops/core/config';
import type { Gate } from '@gnu-mlops/deployer';
import type { HeldStage } from '@gnu-mlops/registry-client';
import { SettingUnsupportedError } from './errors.ts';

/** Which gates are asked for. */
export interface StageGatesRequest {
  readonly stage: HeldStage;
  /** What the model learned; undefined = not known, so that every threshold applies. */
  readonly task: Task | undefined;
}

/**
 * The gates in front of a stage, from `deployment.thresholds`. A threshold on a metric of the other
 * task is passed over; an empty list gives no gates, as its author wishes.
 *
 * @throws {SettingUnsupportedError} when there are thresholds and none applies to the task: the
 *   stage would stand open by accident.
 */
export function stageGates(
  { deployment }: Pick<Config, 'deployment'>,
  { stage, task }: StageGatesRequest,
): Gate[] {
  const key = stage === 'Staging' ? 'staging' : 'production';
  const thresholds = deployment.thresholds[key];
  const applying = thresholds.filter(
    ({ metric }) => task === undefined || !isMetricName(metric) || metricTask(metric) === task,
  );
  if (thresholds.length > 0 && applying.length === 0) {
    throw new SettingUnsupportedError(
      `deployment.thresholds.${key}`,
      `has no threshold for ${task}. Add one, or empty the list to ask for nothing.`,
    );
  }
  return applying.map((threshold) => ({ name: gateName(threshold, applying), ...threshold }));
}

/**
 * The task of a model by the metrics of its run; undefined where they are of neither task or of
 * both.
 */
export function taskOfMetrics(metrics: { readonly [metric: string]: number }): Task | undefined {
  const tasks = new Set(Object.keys(metrics).filter(isMetricName).map(metricTask));
  return tasks.size === 1 ? [...tasks][0] : undefined;
}

function gateName(
  { metric, threshold, direction }: MetricThreshold,
  all: readonly MetricThreshold[],
): string {
  const isAlone = all.filter((other) => other.metric === metric).length === 1;
  return isAlone ? metric : `${metric} ${direction.replace('_', ' ')} ${threshold}`;
}
