import { describe, expect, it } from 'vitest';
import { chooseBinTops, countSorted } from '../../src/boosting/bin-tops.ts';

describe('chooseBinTops', () => {
  it('puts a border midway between any two of few values', () => {
    expect([...chooseBinTops(countSorted([1, 1, 2, 4, 4]), 255)]).toEqual([1.5, 3]);
  });

  it('has no border for one value, or none', () => {
    expect([...chooseBinTops(countSorted([7, 7]), 255)]).toEqual([]);
    expect([...chooseBinTops(countSorted([]), 255)]).toEqual([]);
  });

  it('gives bins of about equally many rows, and no more bins than asked for', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => i);
    const tops = chooseBinTops(countSorted(values), 10);
    expect([...tops]).toEqual(Array.from({ length: 9 }, (_, i) => 1000 * (i + 1) - 0.5));
  });

  it('leaves a value that many rows have a bin of its own', () => {
    const values = [
      ...new Array<number>(900).fill(0),
      ...Array.from({ length: 100 }, (_, i) => i + 1),
    ];
    const tops = chooseBinTops(countSorted(values), 5);
    expect(tops[0]).toBe(0.5);
    expect(tops.length).toBe(4);
  });

  it('keeps a border below the larger of two neighbouring doubles', () => {
    const next = 1 + Number.EPSILON;
    const [top] = chooseBinTops(countSorted([1, next]), 255);
    expect(top).toBe(1);
  });
});
