import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BIN_SLOTS, MISSING_BIN, binFeatures } from '../../src/forest/binned-matrix.ts';
import { matrixOf } from '../matrix-of.ts';

function binColumn(values: (number | null)[], maxBins: number, weights = values.map(() => 1)) {
  const binned = binFeatures(matrixOf([values]), { maxBins, weights: Float64Array.from(weights) });
  const count = binned.binCounts[0]!;
  return {
    bins: [...binned.bins],
    lowest: [...binned.lowest.subarray(0, count)],
    highest: [...binned.highest.subarray(0, count)],
  };
}

describe('binFeatures', () => {
  it('gives each distinct value a bin of its own while there are enough', () => {
    expect(binColumn([3, 1, 2, 1, -0, 0], 4)).toEqual({
      bins: [3, 1, 2, 1, 0, 0],
      lowest: [-0, 1, 2, 3],
      highest: [-0, 1, 2, 3],
    });
  });

  it('puts missing values into the missing bin, whatever else the column holds', () => {
    expect(binColumn([null, 5, null], 255).bins).toEqual([MISSING_BIN, 0, MISSING_BIN]);
    expect(binColumn([null, null], 255)).toEqual({
      bins: [MISSING_BIN, MISSING_BIN],
      lowest: [],
      highest: [],
    });
  });

  it('shares more values out over bins of equal weight', () => {
    expect(binColumn([1, 2, 3, 4, 5, 6, 7, 8], 4)).toEqual({
      bins: [0, 0, 1, 1, 2, 2, 3, 3],
      lowest: [1, 3, 5, 7],
      highest: [2, 4, 6, 8],
    });
  });

  it('takes a weight of 3 for the row three times', () => {
    const values = [1, 2, 3, 4, 5, 6];
    const repeated = [1, 1, 1, 2, 3, 4, 5, 6];
    expect(binColumn(values, 3, [3, 1, 1, 1, 1, 1]).highest).toEqual(
      binColumn(repeated, 3).highest,
    );
  });

  it('lays the columns one after the other', () => {
    const matrix = matrixOf([
      [1, 2],
      [9, null],
    ]);
    const binned = binFeatures(matrix, { maxBins: 255, weights: Float64Array.of(1, 1) });
    expect([...binned.bins]).toEqual([0, 1, 0, MISSING_BIN]);
    expect([...binned.binCounts]).toEqual([2, 1]);
    expect(binned.lowest[BIN_SLOTS]).toBe(9);
  });

  it('keeps the order of values, and every value between its bin bounds', () => {
    const columns = fc.array(fc.option(fc.double({ noDefaultInfinity: true, noNaN: true })), {
      minLength: 1,
      maxLength: 80,
    });
    fc.assert(
      fc.property(columns, fc.integer({ min: 2, max: 20 }), (values, maxBins) => {
        const { bins, lowest, highest } = binColumn(values, maxBins);
        expect(highest.length).toBeLessThanOrEqual(maxBins);
        highest.forEach((value, bin) => {
          if (bin > 0) expect(lowest[bin]).toBeGreaterThan(highest[bin - 1]!);
          expect(value).toBeGreaterThanOrEqual(lowest[bin]!);
        });
        values.forEach((value, row) => {
          if (value === null) return expect(bins[row]).toBe(MISSING_BIN);
          expect(value).toBeGreaterThanOrEqual(lowest[bins[row]!]!);
          expect(value).toBeLessThanOrEqual(highest[bins[row]!]!);
        });
      }),
      { seed: 1 },
    );
  });
});
