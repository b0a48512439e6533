import { createRandom } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { createFeatureUrn } from '../../src/forest/feature-urn.ts';

describe('createFeatureUrn', () => {
  it('draws each feature once', () => {
    const urn = createFeatureUrn(6);
    urn.refill(createRandom(1));
    const drawn = Array.from({ length: 6 }, () => urn.draw());
    expect(drawn.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('draws by the random stream alone, whatever was drawn before', () => {
    const urn = createFeatureUrn(9);
    urn.refill(createRandom(2));
    for (let i = 0; i < 7; i++) urn.draw();
    urn.refill(createRandom(1));
    const afterOthers = Array.from({ length: 4 }, () => urn.draw());
    const fresh = createFeatureUrn(9);
    fresh.refill(createRandom(1));
    expect(afterOthers).toEqual(Array.from({ length: 4 }, () => fresh.draw()));
  });

  it('draws every feature equally often', () => {
    const urn = createFeatureUrn(5);
    const counts = new Array<number>(5).fill(0);
    for (let node = 0; node < 5000; node++) {
      urn.refill(createRandom(3, node));
      urn.draw();
      counts[urn.draw()]! += 1;
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});
