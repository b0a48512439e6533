import { type ClassWeight, applyClassWeight } from '../class-weights.ts';
import type { ClassTarget, TrainingSet } from '../training-set.ts';

/** The same rows with the weights of their classes, for whoever learns from them. */
export function weighClasses(
  set: TrainingSet,
  classWeight: ClassWeight,
  algorithm: string,
): TrainingSet {
  if (set.target.task === 'regression') return set;
  const weights = applyClassWeight(set as TrainingSet<ClassTarget>, classWeight, algorithm);
  return { ...set, weights };
}
