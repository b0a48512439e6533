import { countByThreshold, measureRocArea } from '@gnu-mlops/core';
import { exponential } from '../kernels/script/exponential.ts';
import type { Objective, ObjectiveRows, ObjectiveSpec, RowScores } from './objective.ts';
import { meanLoss } from './objectives/weighted-mean.ts';
import { openObjective } from './open-objective.ts';

/** What progress on the validation rows is measured by. */
export type StoppingMetricSpec =
  /** For classes: the area under the ROC curve of two, or the share of rows that are misjudged. */
  | { readonly kind: 'roc_auc' | 'error_rate' }
  /** For numbers: the loss of an objective, of the predictions rather than of the raw scores. */
  | { readonly kind: 'loss'; readonly of: ObjectiveSpec }
  /** For numbers: root of the squared error, error relative to the target, and Poisson's. */
  | { readonly kind: 'rmse' | 'mape' | 'poisson' };

/** A way to measure raw scores. */
export interface StoppingMetric {
  readonly isHigherBetter: boolean;
  /** @returns NaN where the metric is not defined, as an AUC with one class present. */
  readonly measure: (scores: RowScores, rows: ObjectiveRows) => number;
}

/** The metric that a specification names; none: the objective's own loss. */
export function openStoppingMetric(
  objective: Objective,
  spec: StoppingMetricSpec | undefined,
): StoppingMetric {
  const lower = (measure: StoppingMetric['measure']) => ({ isHigherBetter: false, measure });
  if (spec === undefined) return lower(objective.measureLoss);
  switch (spec.kind) {
    case 'roc_auc':
      return { isHigherBetter: true, measure: measureArea };
    case 'error_rate':
      return lower(measureErrorRate);
    case 'loss': {
      const { measureLoss } = openObjective(spec.of);
      return lower((scores, rows) => measureLoss(predictionsOf(scores, objective), rows));
    }
    case 'rmse': {
      const { measureLoss } = openObjective({ name: 'squared' });
      return lower((scores, rows) =>
        Math.sqrt(measureLoss(predictionsOf(scores, objective), rows)),
      );
    }
    case 'mape':
      return lower((raw, rows) => {
        const { scores } = predictionsOf(raw, objective);
        return meanLoss(rows, (row) => {
          const target = rows.targets[row]!;
          return Math.abs(target - scores[row]!) / Math.max(1, Math.abs(target));
        });
      });
    case 'poisson':
      return lower((raw, rows) => {
        const { scores } = predictionsOf(raw, objective);
        return meanLoss(rows, (row) => {
          const expected = Math.max(scores[row]!, 1e-10);
          return expected - rows.targets[row]! * Math.log(expected);
        });
      });
  }
}

/** What a model of numbers says, from its raw scores. */
function predictionsOf({ scores, rowCount }: RowScores, { link }: Objective): RowScores {
  return {
    scores:
      link === 'exponential'
        ? scores.map((log) => exponential(Math.min(Math.max(log, -700), 700)))
        : scores,
    rowCount,
  };
}

function measureArea({ scores }: RowScores, { targets, weights }: ObjectiveRows): number {
  return measureRocArea(countByThreshold({ actual: Int32Array.from(targets), scores, weights }));
}

function measureErrorRate({ scores, rowCount }: RowScores, rows: ObjectiveRows): number {
  const outputCount = scores.length / rowCount;
  return meanLoss(rows, (row) => {
    let likeliest = outputCount === 1 && scores[row]! > 0 ? 1 : 0;
    for (let k = 1; k < outputCount; k++) {
      if (scores[k * rowCount + row]! > scores[likeliest * rowCount + row]!) likeliest = k;
    }
    return likeliest === rows.targets[row] ? 0 : 1;
  });
}
