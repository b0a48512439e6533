import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitIsotonic } from '../../src/calibration/fit-isotonic.ts';
import { largestDistance, outcomeOf, readCalibrationReference } from './calibration-reference.ts';
import { mapProbability } from './map-probability.ts';

describe.each(readCalibrationReference().binaries)('fitIsotonic on scores: $name', (reference) => {
  const map = fitIsotonic(outcomeOf(reference));

  it('has the corners that scikit-learn has within 1e-9', () => {
    expect(largestDistance(map.scores, reference.isotonicScores)).toBeLessThan(1e-9);
    expect(largestDistance(map.probabilities, reference.isotonicProbabilities)).toBeLessThan(1e-9);
  });

  it('maps as scikit-learn within 1e-9, beyond the first and last score too', () => {
    const mapped = reference.grid.map((probability) => mapProbability(map, probability));
    expect(largestDistance(mapped, reference.isotonic)).toBeLessThan(1e-9);
  });
});

describe('fitIsotonic', () => {
  it('pools neighbours that fall into their mean', () => {
    const map = fitIsotonic({
      actual: Uint8Array.of(0, 1, 0, 1),
      scores: Float64Array.of(0.1, 0.2, 0.3, 0.4),
    });
    expect(map).toEqual({
      scores: [0.1, 0.2, 0.3, 0.4],
      probabilities: [0, 0.5, 0.5, 1],
    });
    expect(mapProbability(map, 0.15)).toBeCloseTo(0.25, 12);
  });

  it('is constant with one score', () => {
    const map = fitIsotonic({ actual: Uint8Array.of(0, 1), scores: Float64Array.of(0.4, 0.4) });
    expect(map).toEqual({ scores: [0.4], probabilities: [0.5] });
    expect([0, 0.4, 1].map((score) => mapProbability(map, score))).toEqual([0.5, 0.5, 0.5]);
  });

  it('takes scores that differ by rounding as one', () => {
    const map = fitIsotonic({
      actual: Uint8Array.of(0, 1, 1),
      scores: Float64Array.of(0.3, 0.3 + 1e-15, 0.6),
    });
    expect(map).toEqual({ scores: [0.3, 0.6], probabilities: [0.5, 1] });
  });

  const rows = fc.array(
    fc.record({
      actual: fc.integer({ min: 0, max: 1 }),
      score: fc.integer({ min: 0, max: 12 }),
      weight: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 40 },
  );

  it('never falls, keeps the mean of the labels, and counts whole weights as that many rows', () => {
    fc.assert(
      fc.property(rows, (some) => {
        const repeated = some.flatMap((row) => new Array<typeof row>(row.weight).fill(row));
        const map = fitIsotonic({
          actual: Uint8Array.from(some, ({ actual }) => actual),
          scores: Float64Array.from(some, ({ score }) => score / 12),
          weights: Float64Array.from(some, ({ weight }) => weight),
        });
        const plain = fitIsotonic({
          actual: Uint8Array.from(repeated, ({ actual }) => actual),
          scores: Float64Array.from(repeated, ({ score }) => score / 12),
        });
        expect(map).toEqual(plain);
        expect(map.probabilities).toEqual([...map.probabilities].sort((a, b) => a - b));
        const mapped = repeated.reduce(
          (sum, { score }) => sum + mapProbability(map, score / 12),
          0,
        );
        const positives = repeated.reduce((sum, { actual }) => sum + actual, 0);
        expect(mapped).toBeCloseTo(positives, 8);
      }),
      { seed: 1 },
    );
  });
});
