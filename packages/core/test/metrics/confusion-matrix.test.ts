import { describe, expect, it } from 'vitest';
import { measureConfusionMatrix } from '../../src/index.ts';

describe('measureConfusionMatrix', () => {
  it('counts actual classes in rows and predicted ones in columns', () => {
    const counts = measureConfusionMatrix(Int32Array.of(0, 0, 1, 2), Int32Array.of(0, 2, 1, 2), 3);
    expect(counts).toEqual([
      [1, 0, 1],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });
});
