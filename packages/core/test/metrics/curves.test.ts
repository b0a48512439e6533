import { describe, expect, it } from 'vitest';
import {
  type RocCurve,
  countByThreshold,
  measureAveragePrecision,
  measurePrecisionRecallCurve,
  measureRocArea,
  measureRocCurve,
} from '../../src/index.ts';
import {
  type CurveReference,
  type RankingReference,
  differences,
  readEvaluationReference,
  weightsOf,
} from './evaluation-reference.ts';
import { isAsReference } from './metrics-reference.ts';

const references = readEvaluationReference().rankings;
const kinds = ['all', 'corners'] as const;

describe.each(references)('on scores with $name, as scikit-learn within 1e-9', (reference) => {
  const counts = countsOf(reference);

  it.each(kinds)('measureRocCurve gives the points (%s)', (points) => {
    const curve = measureRocCurve(counts, { points });
    expectColumns({ ...curve }, reference.rocCurve[points]);
  });

  it.each(kinds)('measurePrecisionRecallCurve gives the points (%s)', (points) => {
    const curve = measurePrecisionRecallCurve(counts, { points });
    expectColumns({ ...curve }, reference.precisionRecallCurve[points]);
  });

  it('measureRocArea and measureAveragePrecision give the areas', () => {
    expect(isAsReference(measureRocArea(counts), reference.rocAuc)).toBe(true);
    expect(isAsReference(measureAveragePrecision(counts), reference.averagePrecision)).toBe(true);
  });
});

describe('the corners of curves', () => {
  const many = countByThreshold({
    actual: Uint8Array.from({ length: 3000 }, (_, i) => (((i * 7919) % 3001) + i > 3000 ? 1 : 0)),
    scores: Float64Array.from({ length: 3000 }, (_, i) => Math.round(i / 2)),
  });

  it('are fewer points of the same area', () => {
    const corners = measureRocCurve(many);
    const all = measureRocCurve(many, { points: 'all' });
    expect(corners.thresholds.length).toBeLessThan(all.thresholds.length);
    expect(trapezoids(corners)).toBeCloseTo(trapezoids(all), 12);
    expect(trapezoids(corners)).toBeCloseTo(measureRocArea(many), 12);
  });

  it('of precision and recall still hold the average precision', () => {
    const corners = measurePrecisionRecallCurve(many);
    const all = measurePrecisionRecallCurve(many, { points: 'all' });
    expect(corners.thresholds.length).toBeLessThan(all.thresholds.length);
    let area = 0;
    for (let i = 1; i < corners.recalls.length; i++) {
      area += (corners.recalls[i]! - corners.recalls[i - 1]!) * corners.precisions[i]!;
    }
    expect(area).toBeCloseTo(measureAveragePrecision(many), 12);
  });
});

describe('curves of no rows', () => {
  it('have one point, and no area', () => {
    const counts = countByThreshold({ actual: new Uint8Array(0), scores: new Float64Array(0) });
    expect([...measureRocCurve(counts).thresholds]).toEqual([Infinity]);
    expect([...measurePrecisionRecallCurve(counts).recalls]).toEqual([NaN]);
    expect(measureRocArea(counts)).toBeNaN();
    expect(measureAveragePrecision(counts)).toBeNaN();
  });
});

function countsOf(reference: RankingReference) {
  return countByThreshold({
    actual: Uint8Array.from(reference.actual),
    scores: Float64Array.from(reference.scores),
    weights: weightsOf(reference),
  });
}

function expectColumns(measured: Record<string, Float64Array>, expected: CurveReference): void {
  expect(Object.keys(measured).sort()).toEqual(Object.keys(expected).sort());
  for (const [column, figures] of Object.entries(expected)) {
    expect(differences(measured[column]!, figures), column).toEqual([]);
  }
}

function trapezoids({ falsePositiveRates, truePositiveRates }: RocCurve): number {
  let area = 0;
  for (let i = 1; i < falsePositiveRates.length; i++) {
    const width = falsePositiveRates[i]! - falsePositiveRates[i - 1]!;
    area += (width * (truePositiveRates[i]! + truePositiveRates[i - 1]!)) / 2;
  }
  return area;
}
