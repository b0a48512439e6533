import type { JsonObject } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { gridSize } from '../../src/search/grid-sampler.ts';
import { type Sampler, suggestHyperparameters } from '../../src/search/sampler.ts';
import type { SearchSpace } from '../../src/search/search-space.ts';
import type { Trial } from '../../src/search/trial.ts';

const space: SearchSpace = {
  rate: { kind: 'float', low: 1e-4, high: 1, scale: 'log' },
  depth: { kind: 'int', low: 1, high: 64, scale: 'log' },
  leaves: { kind: 'int', low: 3, high: 18, step: 5 },
  share: { kind: 'float', low: -1, high: 2 },
  kind: { kind: 'categorical', values: ['a', null, 3] },
};

const samplers: readonly Sampler[] = [
  { kind: 'random' },
  { kind: 'grid' },
  { kind: 'tpe', startupTrials: 3 },
  { kind: 'tpe', startupTrials: 3, kernels: 'separate' },
  { kind: 'tpe', startupTrials: 3, kernels: 'joint' },
  { kind: 'tpe', startupTrials: 200 },
];

/** Trials that a random search would have made, the last two pruned and failed. */
const history: readonly Trial[] = Array.from({ length: 30 }, (_, number) => {
  const hyperparameters = suggestHyperparameters({ kind: 'random' }, contextOf(number, []));
  const value = Math.abs(Math.log10(hyperparameters['rate'] as number) + 2);
  if (number === 29) return { number, hyperparameters, state: 'FAIL', foldValues: [] };
  const state = number === 28 ? 'PRUNED' : 'COMPLETE';
  return { number, hyperparameters, state, foldValues: [value], value };
});

function contextOf(number: number, known: readonly Trial[], seed = 5) {
  return { space, direction: 'minimize' as const, seed, number, history: known, running: [] };
}

function expectWithin({ rate, depth, leaves, share, kind }: JsonObject): void {
  expect(rate).toBeGreaterThanOrEqual(1e-4);
  expect(rate).toBeLessThanOrEqual(1);
  expect(Number.isInteger(depth) && Number(depth) >= 1 && Number(depth) <= 64).toBe(true);
  expect([3, 8, 13, 18]).toContain(leaves);
  expect(share).toBeGreaterThanOrEqual(-1);
  expect(share).toBeLessThanOrEqual(2);
  expect(['a', null, 3]).toContain(kind);
}

describe.each(samplers)('suggestHyperparameters by $kind', (sampler) => {
  it('stays within the space', () => {
    for (let number = 30; number < 130; number++) {
      expectWithin(suggestHyperparameters(sampler, contextOf(number, history)));
    }
  });

  it('gives the same for the same context, other things for another number or seed', () => {
    const suggest = (number: number, seed: number) =>
      suggestHyperparameters(sampler, contextOf(number, history, seed));
    expect(suggest(31, 5)).toEqual(suggest(31, 5));
    expect(suggest(32, 5)).not.toEqual(suggest(31, 5));
    expect(suggest(31, 6)).not.toEqual(suggest(31, 5));
  });
});

describe('random suggestions', () => {
  it('spread evenly over the scale of each dimension', () => {
    const drawn = Array.from({ length: 2000 }, (_, number) =>
      suggestHyperparameters({ kind: 'random' }, contextOf(number, [])),
    );
    const shareOf = (test: (drawn: JsonObject) => boolean) => drawn.filter(test).length / 2000;
    expect(shareOf(({ rate }) => Number(rate) < 1e-2)).toBeCloseTo(0.5, 1);
    expect(shareOf(({ share }) => Number(share) < 0)).toBeCloseTo(1 / 3, 1);
    expect(shareOf(({ leaves }) => leaves === 3)).toBeCloseTo(0.25, 1);
    expect(shareOf(({ kind }) => kind === null)).toBeCloseTo(1 / 3, 1);
  });
});

describe('grid suggestions', () => {
  it('meet every combination once, ends included', () => {
    const sampler = { kind: 'grid', points: 3 } as const;
    const small: SearchSpace = {
      a: { kind: 'float', low: 0.01, high: 1, scale: 'log' },
      b: { kind: 'int', low: 1, high: 2 },
      c: { kind: 'categorical', values: ['x', 'y'] },
    };
    expect(gridSize(sampler, small)).toBe(12);
    const drawn = Array.from({ length: 12 }, (_, number) =>
      suggestHyperparameters(sampler, { ...contextOf(number, []), space: small }),
    );
    expect(new Set(drawn.map((entry) => JSON.stringify(entry))).size).toBe(12);
    const values = [...new Set(drawn.map(({ a }) => a as number))].sort((x, y) => x - y);
    expect(values[0]).toBe(0.01);
    expect(values[1]).toBeCloseTo(0.1, 12);
    expect(values[2]).toBe(1);
  });

  it.each([5, 200])(
    'cope with a grid that is too large to write down, of %d points a side',
    (points) => {
      const wide = Object.fromEntries(
        Array.from({ length: 12 }, (_, i) => [
          `x${i}`,
          { kind: 'float', low: 0, high: 1 } as const,
        ]),
      );
      const drawn = Array.from({ length: 50 }, (_, number) =>
        suggestHyperparameters({ kind: 'grid', points }, { ...contextOf(number, []), space: wide }),
      );
      expect(new Set(drawn.map((entry) => JSON.stringify(entry))).size).toBe(50);
      for (const name of Object.keys(wide)) {
        expect(new Set(drawn.map((entry) => entry[name])).size).toBeGreaterThan(1);
      }
    },
  );
});

describe('TPE suggestions', () => {
  const tpe = { kind: 'tpe', startupTrials: 10 } as const;
  it('are spread out before there is something to learn from: one in each tenth', () => {
    const first = Array.from({ length: 10 }, (_, number) =>
      suggestHyperparameters(tpe, contextOf(number, history.slice(0, number))),
    );
    const tenths = (share: (drawn: JsonObject) => number) =>
      first.map((drawn) => Math.floor(10 * share(drawn))).sort((a, b) => a - b);
    const all = Array.from({ length: 10 }, (_, tenth) => tenth);
    expect(tenths(({ share }) => (Number(share) + 1) / 3)).toEqual(all);
    expect(tenths(({ rate }) => (Math.log10(Number(rate)) + 4) / 4)).toEqual(all);
    expect(new Set(first.map(({ kind }) => kind)).size).toBe(3);
  });

  it('are random once the first are through and some of them failed', () => {
    const failed = history.slice(0, 12).map((trial) => ({ ...trial, state: 'FAIL' as const }));
    expect(suggestHyperparameters(tpe, contextOf(12, failed))).toEqual(
      suggestHyperparameters({ kind: 'random' }, contextOf(12, [])),
    );
  });

  it('keep the values of a trial together at odd numbers alone, where they take turns', () => {
    const alike = (number: number, kernels: 'joint' | 'separate') =>
      expect(suggestHyperparameters(tpe, contextOf(number, history))).toEqual(
        suggestHyperparameters({ ...tpe, kernels }, contextOf(number, history)),
      );
    alike(40, 'separate');
    alike(41, 'joint');
  });

  const suggestMany = (running: readonly Trial[] = []) =>
    Array.from({ length: 200 }, (_, i) =>
      suggestHyperparameters(
        { ...tpe, kernels: 'separate' },
        { ...contextOf(100 + i, history), running },
      ),
    );
  const logRate = ({ rate }: JsonObject) => Math.log10(rate as number);

  it('crowd where trials were good', () => {
    const near = suggestMany().filter((suggested) => Math.abs(logRate(suggested) + 2) < 0.5);
    expect(near.length).toBeGreaterThan(120); // evenly spread it would be 50
  });

  it('keep away from what is being tried', () => {
    const best = history
      .filter(({ state }) => state === 'COMPLETE')
      .toSorted((a, b) => a.value! - b.value!)[0]!;
    const near = (running: readonly Trial[]) =>
      suggestMany(running).filter(
        (suggested) => Math.abs(logRate(suggested) - logRate(best.hyperparameters)) < 0.2,
      ).length;
    const busy = Array.from({ length: 12 }, (_, i) => ({ ...best, number: 30 + i }));
    expect(near(busy)).toBeLessThan(near([]) * 0.8);
  });

  it('leave trials of another space out', () => {
    const foreign = history.map((trial) => ({ ...trial, hyperparameters: { other: 1 } }));
    expectWithin(suggestHyperparameters(tpe, contextOf(40, foreign)));
  });
});
