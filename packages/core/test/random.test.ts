import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, shuffle } from '../src/index.ts';

interface StreamReference {
  readonly seed: number;
  readonly path: readonly number[];
  readonly uint32: readonly number[];
}

const reference = JSON.parse(
  readFileSync(new URL('fixtures/random.json', import.meta.url), 'utf8'),
) as { readonly streams: readonly StreamReference[] };

describe('createRandom', () => {
  it.each(reference.streams)(
    'gives the numbers of the written-out algorithm for seed $seed, path $path',
    ({ seed, path, uint32 }) => {
      const random = createRandom(seed, ...path);
      expect(uint32.map(() => random.nextUint32())).toEqual(uint32);
    },
  );

  it('gives other numbers for another seed, path or length of path', () => {
    const keys = [[42], [43], [42, 0], [42, 1], [42, 0, 0], [42, 1, 0], [-42], [0.5]] as const;
    const firsts = keys.map(([seed, ...path]) => createRandom(seed, ...path).nextUint32());
    expect(new Set(firsts).size).toBe(keys.length);
  });

  it('spreads nextInt evenly and stays below the bound', () => {
    const random = createRandom(1);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[random.nextInt(7)]!++;
    // Chi-square with 6 degrees of freedom: 22.46 is passed once in a thousand.
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(counts).toHaveLength(7);
    expect(chiSquare).toBeLessThan(22.46);
  });

  it('takes bounds from 1 to 2^32', () => {
    const random = createRandom(1);
    expect(random.nextInt(1)).toBe(0);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 }), (bound) => {
        const draw = random.nextInt(bound);
        expect(Number.isInteger(draw) && draw >= 0 && draw < bound).toBe(true);
      }),
      { seed: 1 },
    );
  });

  it('gives floats in [0, 1) with mean 1/2 and variance 1/12', () => {
    const random = createRandom(2);
    const draws = Array.from({ length: 50_000 }, () => random.nextFloat());
    expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
    const { mean, variance } = moments(draws);
    expect(mean).toBeCloseTo(1 / 2, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
  });

  it('gives normal draws with mean 0, variance 1 and 5 % beyond 1.96', () => {
    const random = createRandom(3);
    const draws = Array.from({ length: 50_000 }, () => random.nextNormal());
    const { mean, variance } = moments(draws);
    expect(Math.abs(mean)).toBeLessThan(0.015);
    expect(variance).toBeCloseTo(1, 1);
    const far = draws.filter((draw) => Math.abs(draw) > 1.96).length / draws.length;
    expect(far).toBeCloseTo(0.05, 2);
  });

  it('has neighbouring streams that do not follow each other', () => {
    const draws = 2000;
    const streams = [0, 1].map((path) => createRandom(42, path));
    let product = 0;
    for (let i = 0; i < draws; i++) {
      product += (streams[0]!.nextFloat() - 0.5) * (streams[1]!.nextFloat() - 0.5) * 12;
    }
    expect(Math.abs(product / draws)).toBeLessThan(0.08);
  });
});

describe('shuffle', () => {
  it('keeps the items and returns the same array', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const shuffled = [...items];
        expect(shuffle(shuffled, createRandom(seed))).toBe(shuffled);
        expect(shuffled.toSorted()).toEqual(items.toSorted());
      }),
      { seed: 1 },
    );
  });

  it('gives the same order for the same seed, typed array or not', () => {
    const list = shuffle([0, 1, 2, 3, 4, 5, 6, 7], createRandom(5));
    const typed = shuffle(Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7), createRandom(5));
    expect([...typed]).toEqual(list);
  });

  it('makes every order about equally often', () => {
    const random = createRandom(4);
    const counts = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const order = shuffle(['a', 'b', 'c'], random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Chi-square with 5 degrees of freedom: 20.52 is passed once in a thousand.
    const chiSquare = [...counts.values()].reduce((s, count) => s + (count - 2000) ** 2 / 2000, 0);
    expect(chiSquare).toBeLessThan(20.52);
  });
});

function moments(draws: readonly number[]) {
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
  return { mean, variance };
}
