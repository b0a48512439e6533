import { createRandom } from '@gnu-mlops/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitPower, powerBounds, powerOf } from '../../src/fit-power.ts';
import { runSteps } from '../run-step.ts';
import { numeric } from '../tiny-table.ts';

describe('yeo_johnson', () => {
  it('undoes an exponential, and ends with mean 0 and variance 1', () => {
    const random = createRandom(3);
    const amounts = Array.from({ length: 2_000 }, () => Math.expm1(Math.abs(random.nextNormal())));
    const { later } = runSteps([{ kind: 'yeo_johnson', columns: ['x'] }], {
      train: { x: numeric(...amounts, null) },
    });
    const values = later['x']!.slice(0, -1) as number[];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    expect([mean, variance, later['x']!.at(-1)]).toEqual([
      expect.closeTo(0, 9),
      expect.closeTo(1, 9),
      null,
    ]);
  });

  it('leaves a constant column and one without a value as they are, but for the centre', () => {
    const { later } = runSteps([{ kind: 'yeo_johnson', columns: ['x', 'y'] }], {
      train: { x: numeric(4, 4), y: numeric(null, null) },
      test: { x: numeric(4, 5), y: numeric(2, null) },
    });
    expect(later).toEqual({
      x: [expect.closeTo(0), expect.closeTo(1)],
      y: [expect.closeTo(2), null],
    });
  });

  it('bends only, where that is wanted', () => {
    const { later } = runSteps([{ kind: 'yeo_johnson', columns: ['x'], standardize: false }], {
      train: { x: numeric(-3, -1, 0, 1, 3) },
    });
    expect(later['x']).toEqual([-3, -1, 0, 1, 3].map((x) => expect.closeTo(x, 9)));
  });

  it.each([
    {
      what: 'tiny amounts',
      values: [0.0004, 0.0005, 0.0007, 0.0008, 0.0011, 0.0015, 0.0024, 0.0051],
      lambda: -688.03998066,
      first: -1.23597683,
    },
    {
      what: 'huge amounts, some of them 0',
      values: [0, 0, 2e17, 5e17, 1e18, 1.5e18, 4e18, 9e18],
      lambda: 0.07946563,
      first: -1.69574439,
    },
  ])('bends $what as scikit-learn does', ({ values, lambda, first }) => {
    expect(fitPower(Float64Array.from(values)) / lambda).toBeCloseTo(1, 6);
    const { later } = runSteps([{ kind: 'yeo_johnson', columns: ['x'] }], {
      train: { x: numeric(...values) },
    });
    expect(later['x']![0]).toBeCloseTo(first, 6);
  });

  it('bends amounts alike in any unit in which they are tiny', () => {
    const exponentIn = (unit: number) =>
      unit * fitPower(Float64Array.of(1, 2, 4, 7, 15, 40).map((value) => value * unit));
    expect(exponentIn(1e-20)).toBeCloseTo(exponentIn(1e-10), 8);
    expect(exponentIn(1e-10)).toBeLessThan(-0.01);
  });

  it('finds a finite exponent and a rising transform for any numbers', () => {
    const number = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 2, maxLength: 30 }), (values) => {
        fc.pre(new Set(values).size > 1);
        const cells = Float64Array.from(values);
        const lambda = fitPower(cells);
        const [least, most] = powerBounds(cells);
        expect(lambda).toBeGreaterThanOrEqual(least);
        expect(lambda).toBeLessThanOrEqual(most);
        const bent = cells.sort().map((value) => powerOf(value, lambda));
        expect(bent.every((value, i) => i === 0 || value >= bent[i - 1]!)).toBe(true);
        expect(bent.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
