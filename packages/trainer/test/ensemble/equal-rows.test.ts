import { describe, expect, it } from 'vitest';
import { numberEqualRows } from '../../src/ensemble/equal-rows.ts';
import { matrixOf } from '../matrix-of.ts';

describe('numberEqualRows', () => {
  it('gives rows of equal features one number, in the order in which they appear', () => {
    const matrix = matrixOf([
      [1, 2, 1, 2, 1],
      [5, 5, 5, 6, 5],
    ]);
    expect([...numberEqualRows(matrix)]).toEqual([0, 1, 0, 2, 0]);
  });

  it('takes missing for missing, and -0 for 0', () => {
    expect([...numberEqualRows(matrixOf([[null, 0, null, -0]]))]).toEqual([0, 1, 0, 1]);
  });

  it('tells rows apart whose features are swapped', () => {
    const matrix = matrixOf([
      [1, 2],
      [2, 1],
    ]);
    expect([...numberEqualRows(matrix)]).toEqual([0, 1]);
  });

  it('tells a hundred thousand different rows apart', () => {
    const columns = [0, 1].map((c) =>
      Array.from({ length: 100_000 }, (_, row) => (row * (c + 1)) / 7),
    );
    const numbers = numberEqualRows(matrixOf(columns));
    expect(numbers.at(-1)).toBe(99_999);
  });
});
