import type { JsonObject } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import {
  type SearchPlan,
  type SearchSurroundings,
  runSearch,
} from '../../src/search/run-search.ts';
import type { Sampler } from '../../src/search/sampler.ts';
import type { SearchSpace } from '../../src/search/search-space.ts';
import { type Trial, bestTrial } from '../../src/search/trial.ts';

interface Problem {
  readonly name: string;
  readonly space: SearchSpace;
  readonly loss: (point: Readonly<Record<string, number>>) => number;
}

const bound = { kind: 'float', low: -5, high: 5 } as const;
const problems: readonly Problem[] = [
  {
    name: 'a bowl in three dimensions',
    space: { x: bound, y: bound, z: bound },
    loss: ({ x, y, z }) => (x! - 1) ** 2 + (y! + 2) ** 2 + z! ** 2,
  },
  {
    name: "Branin's three valleys",
    space: { x: { kind: 'float', low: -5, high: 10 }, y: { kind: 'float', low: 0, high: 15 } },
    loss: ({ x, y }) =>
      (y! - (5.1 / (4 * Math.PI ** 2)) * x! ** 2 + (5 / Math.PI) * x! - 6) ** 2 +
      10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x!) +
      10,
  },
  {
    name: 'numbers on both scales and a choice',
    space: {
      a: { kind: 'float', low: 1e-5, high: 1, scale: 'log' },
      n: { kind: 'int', low: 1, high: 200, scale: 'log' },
      k: { kind: 'int', low: 0, high: 20, step: 2 },
      c: { kind: 'categorical', values: ['best', 'good', 'bad', 'worst'] },
    },
    loss: ({ a, n, k, c }) =>
      (Math.log10(a!) + 2.5) ** 2 +
      Math.log(n! / 12) ** 2 +
      (k! - 14) ** 2 / 20 +
      { best: 0, good: 0.5, bad: 2, worst: 3 }[c as unknown as 'best'],
  },
];

const bowl = problems[0]!;

function planFor(problem: Problem, changes: Partial<SearchPlan> = {}): SearchPlan {
  return {
    space: problem.space,
    sampler: { kind: 'tpe' },
    pruner: { kind: 'none' },
    metric: 'loss',
    direction: 'minimize',
    folds: 1,
    trials: 40,
    seed: 1,
    history: [],
    measureFold: async (point) => ({ metrics: { loss: problem.loss(point as never) } }),
    ...changes,
  };
}

const search = (plan: SearchPlan, surroundings: Partial<SearchSurroundings> = {}) =>
  runSearch(plan, { concurrency: 1, ...surroundings });

async function medianBest(problem: Problem, sampler: Sampler): Promise<number> {
  const bests: number[] = [];
  for (let seed = 0; seed < 20; seed++) {
    const trials = await search(planFor(problem, { sampler, seed, trials: 50 }));
    bests.push(bestTrial(trials, 'minimize')!.value!);
  }
  return bests.sort((a, b) => a - b)[10]!;
}

describe.each(problems)('on $name', (problem) => {
  it('TPE finds a better minimum than random search (median of 20 seeds, 50 trials)', async () => {
    const random = await medianBest(problem, { kind: 'random' });
    const tpe = await medianBest(problem, { kind: 'tpe' });
    expect(tpe).toBeLessThan(random * 0.75);
  });
});

/** Two folds that differ, in a time that depends on the point, so that trials overtake each other. */
const uneven: Pick<SearchPlan, 'folds' | 'measureFold' | 'pruner'> = {
  folds: 3,
  pruner: { kind: 'median' },
  measureFold: async (point, fold) => {
    const loss = bowl.loss(point as never) * (1 + fold / 10);
    await new Promise((resolve) => setTimeout(resolve, loss % 5));
    return { metrics: { loss } };
  },
};

describe('runSearch', () => {
  it.each([1, 3])('is the same each time with %i trials at a time', async (concurrency) => {
    const plan = planFor(bowl, uneven);
    const first = await search(plan, { concurrency });
    expect(first.map(({ number }) => number)).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(new Set(first.map(({ state }) => state))).toEqual(new Set(['COMPLETE', 'PRUNED']));
    expect(await search(plan, { concurrency })).toEqual(first);
  });

  it.each([1, 3])(
    'goes on from what had finished as if it had never stopped, %i trials at a time',
    async (concurrency) => {
      const plan = planFor(bowl, uneven);
      const whole = await search(plan, { concurrency });
      // Trial 16 had finished while 15 was still under way.
      const history = whole.filter(({ number }) => number < 15 || number === 16);
      const done: number[] = [];
      const resumed = await search(
        { ...plan, history: JSON.parse(JSON.stringify(history)) as Trial[] },
        { concurrency, onTrial: ({ number }) => void done.push(number) },
      );
      expect(resumed).toEqual(whole);
      expect(done.toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: 25 }, (_, i) => i + 15).filter((number) => number !== 16),
      );
    },
  );

  it('runs as many trials at a time as it may, and no more', async () => {
    let running = 0;
    let most = 0;
    await search(planFor(bowl, uneven), {
      concurrency: 4,
      onTrialStart: () => void (most = Math.max(most, ++running)),
      onTrial: () => void running--,
    });
    expect(most).toBe(4);
  });

  it('tells of every fold, and stops a pruned trial before its last', async () => {
    const folds = new Map<number, number>();
    const trials = await search(planFor(bowl, uneven), {
      onFold: ({ number }, { fold, metrics }) => {
        expect(metrics['loss']).toBeGreaterThanOrEqual(0);
        expect(fold).toBe(folds.get(number) ?? 0);
        folds.set(number, fold + 1);
      },
    });
    for (const { number, state, foldValues } of trials) {
      expect(folds.get(number)).toBe(foldValues.length);
      expect(foldValues).toHaveLength(state === 'PRUNED' ? 2 : 3);
    }
  });

  it('goes on after a trial that fails or measures nothing, and keeps the reason', async () => {
    const failure = { code: 'TRAINER_NOT_CONVERGED', message: 'no' };
    const measureFold = async ({ x }: JsonObject) => {
      if ((x as number) > 3) return { failure };
      return { metrics: { loss: (x as number) < -3 ? NaN : (x as number) ** 2 } };
    };
    const trials = await search(planFor(bowl, { measureFold }));
    expect(trials).toHaveLength(40);
    const failed = trials.filter(({ state }) => state === 'FAIL');
    expect(failed.map(({ error }) => error)).toContainEqual(failure);
    expect(failed.some(({ error }) => error!.message === 'loss of fold 1 is undefined.')).toBe(
      true,
    );
    expect(failed.every(({ value }) => value === undefined)).toBe(true);
  });

  it('throws TRAINER_CANCELLED when the signal aborts, after telling of what had finished', async () => {
    const controller = new AbortController();
    const told: number[] = [];
    await expect(
      search(planFor(bowl), {
        signal: controller.signal,
        onTrial({ number }) {
          told.push(number);
          if (number === 6) controller.abort();
        },
      }),
    ).rejects.toMatchObject({ code: 'TRAINER_CANCELLED' });
    expect(told).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('ends with the first error that a listener throws', async () => {
    const onTrial = ({ number }: Trial) => {
      if (number === 4) throw new Error('the registry is away');
    };
    await expect(search(planFor(bowl, uneven), { concurrency: 3, onTrial })).rejects.toThrow(
      'the registry is away',
    );
  });
});
