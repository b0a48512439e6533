import type { Task } from '@gnu-mlops/core';

/** The names of the columns that a scored file has beyond its input's. */
export interface PredictionColumns {
  /** The predicted class, or the predicted number. */
  readonly prediction: string;
  /** The probability of the predicted class; only for classification. */
  readonly probability?: string;
  /** When the row was scored: ISO 8601, UTC. */
  readonly timestamp: string;
}

/**
 * Name the added columns: `prediction`, `probability` (classification only) and
 * `prediction_timestamp`. An input column is never touched: a name that the file already has gets
 * the first free of `_2`, `_3`, ... instead.
 */
export function namePredictionColumns(header: readonly string[], task: Task): PredictionColumns {
  const taken = new Set(header);
  const free = (name: string) => {
    let candidate = name;
    for (let suffix = 2; taken.has(candidate); suffix++) candidate = `${name}_${suffix}`;
    taken.add(candidate);
    return candidate;
  };
  const prediction = free('prediction');
  return task === 'classification'
    ? { prediction, probability: free('probability'), timestamp: free('prediction_timestamp') }
    : { prediction, timestamp: free('prediction_timestamp') };
}
