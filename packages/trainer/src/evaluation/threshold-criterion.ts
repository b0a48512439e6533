import { TrainingOptionError } from '../errors.ts';
import type { ThresholdFigures } from './threshold-figures.ts';

/** What one wrong decision costs, in any unit; 0 or more, and not both 0. */
export interface DecisionCosts {
  /** Of a negative row that is called positive. */
  readonly falsePositive: number;
  /** Of a positive row that is called negative. */
  readonly falseNegative: number;
}

/** What a threshold shall be best at. */
export type ThresholdCriterion = 'f1' | 'accuracy' | 'youden' | { readonly costs: DecisionCosts };

/** A criterion that can be computed. */
export interface ThresholdGoal {
  /** The figure to compare: the criterion itself, or the mean cost of a row. */
  readonly valueOf: (figures: ThresholdFigures) => number;
  readonly better: 'higher' | 'lower';
}

/**
 * Turn a criterion into something that can be computed.
 *
 * @throws {TrainingOptionError} when it has another name, or a cost is negative, not finite, or
 *   both are 0.
 */
export function openCriterion(by: ThresholdCriterion): ThresholdGoal {
  if (typeof by === 'object') return openCosts(by.costs);
  if (by !== 'f1' && by !== 'accuracy' && by !== 'youden') {
    const accepts = 'f1, accuracy, youden, or an object with costs';
    throw new TrainingOptionError('by', { value: by, accepts });
  }
  return { valueOf: (figures) => figures[by], better: 'higher' };
}

function openCosts({ falsePositive, falseNegative }: DecisionCosts): ThresholdGoal {
  for (const [name, value] of Object.entries({ falsePositive, falseNegative })) {
    if (!(value >= 0 && value < Infinity)) {
      throw new TrainingOptionError(`costs.${name}`, { value, accepts: 'a number of 0 or more' });
    }
  }
  if (falsePositive + falseNegative === 0) {
    throw new TrainingOptionError('costs', {
      value: '0 and 0',
      accepts: 'above 0 for one mistake',
    });
  }
  return {
    valueOf: ({ truePositives, falsePositives, trueNegatives, falseNegatives }) =>
      (falsePositive * falsePositives + falseNegative * falseNegatives) /
      (truePositives + falsePositives + trueNegatives + falseNegatives),
    better: 'lower',
  };
}
