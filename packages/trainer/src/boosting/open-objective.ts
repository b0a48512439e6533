import { huberObjective } from './objectives/huber.ts';
import { logisticObjective } from './objectives/logistic.ts';
import { poissonObjective } from './objectives/poisson.ts';
import { pseudoHuberObjective } from './objectives/pseudo-huber.ts';
import { absoluteObjective, quantileObjective } from './objectives/quantile.ts';
import { softmaxObjective } from './objectives/softmax.ts';
import { squaredObjective } from './objectives/squared.ts';
import type { Objective, ObjectiveSpec } from './objective.ts';

/** The loss that a specification names. */
export function openObjective(spec: ObjectiveSpec): Objective {
  switch (spec.name) {
    case 'logistic':
      return logisticObjective;
    case 'squared':
      return squaredObjective;
    case 'absolute':
      return absoluteObjective;
    case 'huber':
      return huberObjective(spec.alpha);
    case 'pseudo_huber':
      return pseudoHuberObjective(spec.alpha);
    case 'poisson':
      return poissonObjective(spec.maxDeltaStep);
    case 'quantile':
      return quantileObjective(spec.alpha);
    case 'softmax':
      return softmaxObjective(spec);
  }
}
