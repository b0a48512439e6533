import { describe, expect, it, vi } from 'vitest';
import { createModelCache } from '../src/index.ts';
import { churnModel } from './small-models.ts';

const loader = () => vi.fn(async () => churnModel());

describe('createModelCache', () => {
  it('loads a model once and gives the same one again', async () => {
    const cache = createModelCache();
    const load = loader();
    const first = await cache.load('churn/1', load);
    expect(await cache.load('churn/1', load)).toBe(first);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('loads once for all who ask at the same time', async () => {
    const cache = createModelCache();
    const load = loader();
    const [one, other] = await Promise.all([cache.load('a', load), cache.load('a', load)]);
    expect(one).toBe(other);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('forgets the model that was used longest ago', async () => {
    const cache = createModelCache({ maxModels: 2 });
    const load = loader();
    for (const key of ['a', 'b', 'a', 'c', 'a', 'c']) await cache.load(key, load);
    expect(load).toHaveBeenCalledTimes(3);
    await cache.load('b', load);
    expect(load).toHaveBeenCalledTimes(4);
  });

  it('does not keep a failure', async () => {
    const cache = createModelCache();
    const failing = async () => {
      throw new Error('unreachable');
    };
    await expect(cache.load('a', failing)).rejects.toThrow('unreachable');
    expect(await cache.load('a', loader())).toBeDefined();
  });
});
