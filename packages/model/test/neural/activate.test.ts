import { describe, expect, it } from 'vitest';
import { activate } from '../../src/neural/activate.ts';

const sums = [-800, -20, -1.5, -1e-9, -0, 0, 1e-9, 0.3, 2, 19, 800];

function activated(name: Parameters<typeof activate>[0]): Float64Array {
  const values = Float64Array.from(sums);
  activate(name, values, values.length);
  return values;
}

describe('activate', () => {
  it.each([
    ['tanh', Math.tanh],
    ['logistic', (x: number) => 1 / (1 + Math.exp(-x))],
    ['relu', (x: number) => Math.max(0, x)],
    ['identity', (x: number) => x],
  ] as const)('gives %s to within rounding', (name, wanted) => {
    activated(name).forEach((value, i) => {
      expect(Math.abs(value - wanted(sums[i]!))).toBeLessThanOrEqual(2e-16);
    });
  });

  it('leaves what is behind the count alone, and a NaN NaN', () => {
    for (const name of ['tanh', 'logistic', 'relu'] as const) {
      const values = Float64Array.of(NaN, -3);
      activate(name, values, 1);
      expect([...values]).toEqual([NaN, -3]);
    }
  });
});
