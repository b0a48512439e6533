import { describe, expect, it } from 'vitest';
import { runSteps } from '../run-step.ts';
import { categorical, numeric } from '../tiny-table.ts';

const train = {
  a: numeric(1, 2, 3, 4, 5, 6),
  flat: numeric(0.1, 0.1, 0.1, 0.1, 0.1, null),
  twin: numeric(-2, -4, -6.1, -8, -10, null),
  noise: numeric(3, -1, 4, 1, -5, 2),
  y: categorical('n', 'n', 'n', 'p', 'p', 'p'),
};
const all = { kinds: ['numeric'] } as const;

describe('drop_low_variance', () => {
  it('drops constants, or what varies little', () => {
    const run = (limit: object) =>
      runSteps([{ kind: 'drop_low_variance', columns: all, ...limit }], { train, target: 'y' });
    expect(run({}).dropped).toEqual(['flat']);
    expect(run({ threshold: 3 }).dropped).toEqual(['a', 'flat']);
  });

  it('keeps what varies far from 0, in any number of rows', () => {
    const values = Array.from({ length: 20_000 }, (_, row) => 1e12 + (row % 2));
    const far = numeric(...values);
    const steps = [{ kind: 'drop_low_variance', columns: all }] as const;
    expect(runSteps(steps, { train: { far } }).dropped).toEqual([]);
  });
});

describe('drop_correlated', () => {
  it('keeps the first of two that say the same, of either sign', () => {
    const steps = [{ kind: 'drop_correlated', columns: all }] as const;
    expect(runSteps(steps, { train, target: 'y' }).dropped).toEqual(['twin']);
    const strict = [{ kind: 'drop_correlated', columns: all, threshold: 1 }] as const;
    expect(runSteps(strict, { train, target: 'y' }).dropped).toEqual([]);
  });
});

describe('keep_important', () => {
  it('keeps the columns of the highest scores', () => {
    const scores = { noise: 0.2, a: 0.5, elsewhere: 9 };
    const run = (limit: object) =>
      Object.keys(
        runSteps([{ kind: 'keep_important', columns: all, scores, ...limit }], {
          train,
          target: 'y',
        }).later,
      );
    expect(run({ top: 1 })).toEqual(['a']);
    expect(run({ minimum: 0.2 })).toEqual(['a', 'noise']);
  });

  it('measures how well each column tells classes or amounts apart', () => {
    const steps = [{ kind: 'keep_important', columns: all, scores: 'f_score', top: 2 }] as const;
    expect(runSteps(steps, { train, target: 'y' }).dropped).toEqual(['flat', 'noise']);
    const amounts = { ...train, y: numeric(3.1, -1, 4, 1, -5, 2) };
    expect(runSteps(steps, { train: amounts, target: 'y' }).dropped).toEqual(['a', 'flat']);
  });
});
