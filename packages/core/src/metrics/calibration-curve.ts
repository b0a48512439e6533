import { MetricInputError } from './metric-errors.ts';
import { type ScoredOutcome, checkScoredOutcome } from './scored-outcome.ts';

/** Rows of similar probability: what was promised, and what came. */
export interface CalibrationBin {
  /** Mean probability of the rows in the bin. */
  readonly meanProbability: number;
  /** Share of them that are positive; where it equals the mean, the model is calibrated. */
  readonly positiveShare: number;
  readonly rowCount: number;
}

/** How probabilities are grouped. */
export interface CalibrationCurveOptions {
  /** At least 1. */
  readonly bins: number;
  /** `uniform`: bins of equal width over [0, 1]; `quantile`: of (nearly) equally many rows. */
  readonly strategy: 'uniform' | 'quantile';
}

/**
 * Compare promised probabilities with what happened (a reliability diagram). A probability on the
 * border of two bins belongs to the lower one. Rows count alike, whatever their weights.
 *
 * @param outcome scores are probabilities of the positive class.
 * @returns the bins that have rows, ascending; possibly fewer than asked for.
 * @throws {MetricInputError} when a score is outside [0, 1], lengths differ, a label is neither 0
 *   nor 1, or `bins` is no positive integer.
 * @see scikit-learn calibration_curve.
 */
export function measureCalibrationCurve(
  outcome: Omit<ScoredOutcome, 'weights'>,
  { bins, strategy }: CalibrationCurveOptions,
): CalibrationBin[] {
  checkProbabilities(outcome, bins);
  const { actual, scores } = outcome;
  const borders = strategy === 'uniform' ? uniformBorders(bins) : quantileBorders(scores, bins);
  const counts = new Float64Array(bins);
  const positives = new Float64Array(bins);
  const sums = new Float64Array(bins);
  for (let row = 0; row < scores.length; row++) {
    const bin = countBelow(borders, scores[row]!);
    counts[bin]!++;
    positives[bin]! += actual[row]!;
    sums[bin]! += scores[row]!;
  }
  return Array.from(counts, (rowCount, bin) => ({
    meanProbability: sums[bin]! / rowCount,
    positiveShare: positives[bin]! / rowCount,
    rowCount,
  })).filter(({ rowCount }) => rowCount > 0);
}

function checkProbabilities(outcome: Omit<ScoredOutcome, 'weights'>, bins: number): void {
  if (!Number.isInteger(bins) || bins < 1) {
    throw new MetricInputError(`A calibration curve needs 1 bin or more, not ${bins}.`);
  }
  checkScoredOutcome({ actual: outcome.actual, scores: outcome.scores });
  const wrong = outcome.scores.findIndex((score) => score < 0 || score > 1);
  if (wrong >= 0) {
    throw new MetricInputError(`Row ${wrong + 1}: ${outcome.scores[wrong]} is no probability.`);
  }
}

/** The inner borders. A multiple of the width, as scikit-learn has it, not the quotient i / bins. */
function uniformBorders(bins: number): Float64Array {
  return Float64Array.from({ length: bins - 1 }, (_, i) => (i + 1) * (1 / bins));
}

/** The inner borders: quantiles, linear between the two nearest scores. */
function quantileBorders(scores: Float64Array, bins: number): Float64Array {
  const sorted = scores.slice().sort();
  return uniformBorders(sorted.length === 0 ? 1 : bins).map((share) => {
    const place = ((share * 100) / 100) * (sorted.length - 1);
    const below = sorted[Math.floor(place)]!;
    const above = sorted[Math.min(Math.floor(place) + 1, sorted.length - 1)]!;
    const part = place - Math.floor(place);
    return part < 0.5 ? below + (above - below) * part : above - (above - below) * (1 - part);
  });
}

function countBelow(borders: Float64Array, value: number): number {
  let from = 0;
  let to = borders.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (borders[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
