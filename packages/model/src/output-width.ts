import type { Estimator } from './estimator.ts';

/**
 * Columns of an estimator's output after the link. The logistic link turns one log odds into two
 * columns: the first class's probability and the second's.
 */
export function outputWidth(estimator: Pick<Estimator, 'link' | 'outputCount'>): number {
  return estimator.link === 'logistic' ? 2 : estimator.outputCount;
}
