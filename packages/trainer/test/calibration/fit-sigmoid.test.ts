import { describe, expect, it } from 'vitest';
import { fitSigmoid } from '../../src/calibration/fit-sigmoid.ts';
import { largestDistance, outcomeOf, readCalibrationReference } from './calibration-reference.ts';
import { mapProbability } from './map-probability.ts';

describe.each(readCalibrationReference().binaries)('fitSigmoid on scores: $name', (reference) => {
  const map = fitSigmoid(outcomeOf(reference));
  const mapped = reference.grid.map((probability) => mapProbability(map, probability));

  it('finds the minimum of the loss of scikit-learn within 1e-9', () => {
    expect(Math.abs(map.slope - reference.slope)).toBeLessThan(1e-9);
    expect(Math.abs(map.intercept - reference.intercept)).toBeLessThan(1e-9);
    expect(largestDistance(mapped, reference.sigmoid)).toBeLessThan(1e-9);
  });

  it('maps as scikit-learn, which stops short of it, within 1e-6', () => {
    expect(largestDistance(mapped, reference.sigmoidOfScikitLearn)).toBeLessThan(1e-6);
  });
});

describe('fitSigmoid', () => {
  it('has slope 0 where all scores are equal, and maps to the drawn-in share of positive rows', () => {
    const map = fitSigmoid({
      actual: Uint8Array.of(1, 0, 1, 1),
      scores: Float64Array.of(0.3, 0.3, 0.3, 0.3),
    });
    expect(map.slope).toBe(0);
    // Three targets of 4/5 and one of 1/3.
    expect(mapProbability(map, 0.9)).toBeCloseTo((3 * 0.8 + 1 / 3) / 4, 12);
  });

  it('does not mind scores close together or far apart', () => {
    const actual = Uint8Array.of(0, 1, 0, 0, 1, 1, 1, 0);
    const scores = Float64Array.of(0.1, 0.3, 0.2, 0.5, 0.6, 0.9, 0.4, 0.7);
    const expected = fitSigmoid({ actual, scores });
    for (const scale of [1e-7, 1e7]) {
      const shifted = fitSigmoid({ actual, scores: scores.map((score) => 0.5 + scale * score) });
      const mapped = mapProbability(shifted, 0.5 + scale * 0.35);
      expect(mapped).toBeCloseTo(mapProbability(expected, 0.35), 8);
    }
  });

  it('counts a row of weight 2 as two rows', () => {
    const twice = fitSigmoid({
      actual: Uint8Array.of(0, 1, 0, 1, 1),
      scores: Float64Array.of(0.2, 0.7, 0.6, 0.4, 0.4),
    });
    const weighted = fitSigmoid({
      actual: Uint8Array.of(0, 1, 0, 1),
      scores: Float64Array.of(0.2, 0.7, 0.6, 0.4),
      weights: Float64Array.of(1, 1, 1, 2),
    });
    expect(weighted.slope).toBeCloseTo(twice.slope, 10);
    expect(weighted.intercept).toBeCloseTo(twice.intercept, 10);
  });
});
