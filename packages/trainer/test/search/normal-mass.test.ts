import { describe, expect, it } from 'vitest';
import { normalMass } from '../../src/search/normal-mass.ts';

/** Upper tails of the standard normal distribution (Wichura's tables and mpmath). */
const tails: readonly (readonly [z: number, tail: number])[] = [
  [0, 0.5],
  [1, 0.158655253931457],
  [2, 0.0227501319481792],
  [3, 0.00134989803163009],
  [3.4, 0.000336929265676881],
  [3.6, 0.000159108590157534],
  [5, 2.86651571879194e-7],
  [10, 7.61985302416053e-24],
];

describe('normalMass', () => {
  it.each(tails)('gives the tail beyond %s on either side within 1e-10 of itself', (z, tail) => {
    expect(Math.abs(normalMass(z, Infinity) / tail - 1)).toBeLessThan(1e-10);
    expect(normalMass(-Infinity, -z)).toBe(normalMass(z, Infinity));
  });

  it('adds up over adjoining intervals', () => {
    const parts = normalMass(-4, -1) + normalMass(-1, 0.5) + normalMass(0.5, 4);
    expect(parts).toBeCloseTo(normalMass(-4, 4), 12);
  });
});
