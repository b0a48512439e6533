import { HyperparameterInvalidError } from '../errors.ts';
import type { ObjectiveSpec } from './objective.ts';
import type { StoppingMetricSpec } from './stopping-metric.ts';

/** The metrics of a dialect, by its names; undefined: the objective's own loss. */
export interface NamedMetrics {
  /** For two classes by one raw score. */
  readonly binary: MetricNames;
  readonly multiclass: MetricNames;
  readonly numbers: MetricNames;
}

type MetricNames = { readonly [name: string]: StoppingMetricSpec | undefined };

/** What a caller asked to stop by. */
export interface WantedMetric {
  /** The dialect, and what it calls the setting. */
  readonly algorithm: string;
  readonly hyperparameter: string;
  readonly name: string | null;
  readonly objective: ObjectiveSpec;
}

/**
 * The metric of this name.
 *
 * @throws {HyperparameterInvalidError} when it does not go with the objective.
 */
export function metricNamed(
  metrics: NamedMetrics,
  { algorithm, hyperparameter, name, objective }: WantedMetric,
): StoppingMetricSpec | undefined {
  if (name === null) return undefined;
  const { binary, multiclass, numbers } = metrics;
  const fitting =
    objective.name === 'logistic' ? binary : objective.name === 'softmax' ? multiclass : numbers;
  if (Object.hasOwn(fitting, name)) return fitting[name];
  throw new HyperparameterInvalidError(algorithm, hyperparameter, {
    value: name,
    accepts: `one that goes with the objective: ${Object.keys(fitting).join(', ')}`,
  });
}
