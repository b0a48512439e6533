import { describe, expect, it } from 'vitest';
import { drawBootstrap } from '../../src/forest/draw-bootstrap.ts';

describe('drawBootstrap', () => {
  it('draws as many rows as there are, leaving out about 1/e of them', () => {
    const bag = drawBootstrap(5000, { seed: 1, tree: 0 });
    expect(bag.reduce((sum, count) => sum + count, 0)).toBe(5000);
    expect(bag.filter((count) => count === 0).length / 5000).toBeCloseTo(Math.exp(-1), 1);
  });

  it('depends on the seed and the tree', () => {
    const bag = drawBootstrap(50, { seed: 1, tree: 3 });
    expect(drawBootstrap(50, { seed: 1, tree: 3 })).toEqual(bag);
    expect(drawBootstrap(50, { seed: 1, tree: 4 })).not.toEqual(bag);
    expect(drawBootstrap(50, { seed: 2, tree: 3 })).not.toEqual(bag);
  });
});
