import { type Link, applyLink } from '@gnu-mlops/model';
import { portableLog } from './portable-log.ts';

/** What a network is to say, by row of the training set: class codes, or standardised numbers. */
export interface NetworkTarget {
  /** `logistic` for two classes, `softmax` for more, `identity` for numbers. */
  readonly link: Link;
  readonly values: Float64Array;
}

/** Below it a probability counts as this much, so that its logarithm is finite. */
const LEAST_PROBABILITY = 1e-300;

/** The raw scores of one row, and where its slopes go. */
export interface ScoredRow {
  readonly scores: Float64Array;
  readonly start: number;
  readonly count: number;
  readonly slopes: Float64Array;
}

/**
 * Make the loss of one row: minus the log of the probability of its class, or half the squared
 * error. Its slopes by the raw scores, times the row's weight, are written at the row's start.
 *
 * @param outputCount raw scores of a row.
 * @returns measures the loss, not yet weighted.
 */
export function createNetworkLoss(
  { link, values }: NetworkTarget,
  outputCount: number,
): (row: number, weight: number, scored: ScoredRow) => number {
  if (link === 'identity') {
    return (row, weight, { scores, start, slopes }) => {
      const error = scores[start]! - values[row]!;
      slopes[start] = weight * error;
      return (error * error) / 2;
    };
  }
  const shares = new Float64Array(Math.max(2, outputCount));
  return (row, weight, { scores, start, count, slopes }) => {
    applyLink(link, { raw: scores, rawStart: start, rawCount: count, out: shares, outStart: 0 });
    const actual = values[row]!;
    for (let k = 0; k < count; k++) {
      const output = count === 1 ? 1 : k;
      slopes[start + k] = weight * (shares[output]! - Number(actual === output));
    }
    return -portableLog(Math.max(LEAST_PROBABILITY, shares[actual]!));
  };
}
