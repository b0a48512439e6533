import type { CalibrationBin } from './calibration-curve.ts';

/**
 * How far promised probabilities lie from what happened: the mean distance over the bins of a
 * calibration curve, each counting by its rows. It depends on the bins: compare only figures that
 * were measured with the same ones.
 *
 * @returns in [0, 1], 0 is calibrated; NaN for no rows.
 * @see M. Naeini, G. Cooper, M. Hauskrecht, Obtaining well calibrated probabilities using Bayesian
 *   binning, 2015.
 */
export function measureExpectedCalibrationError(curve: readonly CalibrationBin[]): number {
  let sum = 0;
  let rows = 0;
  for (const { meanProbability, positiveShare, rowCount } of curve) {
    sum += rowCount * Math.abs(positiveShare - meanProbability);
    rows += rowCount;
  }
  return sum / rows;
}
