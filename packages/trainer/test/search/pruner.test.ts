import { describe, expect, it } from 'vitest';
import { shouldPrune } from '../../src/search/pruner.ts';
import { splitHistory } from '../../src/search/split-history.ts';
import type { Trial } from '../../src/search/trial.ts';

const complete = (number: number, foldValues: number[]): Trial => ({
  number,
  hyperparameters: {},
  state: 'COMPLETE',
  foldValues,
  value: foldValues.reduce((sum, value) => sum + value, 0) / foldValues.length,
});

/** Means after two folds: 0.1, 0.2, 0.3, 0.4, 0.5. */
const history = [1, 3, 5, 2, 4].map((tenths, number) =>
  complete(number, [tenths / 10 - 0.05, tenths / 10 + 0.05, 0.9]),
);

describe('the median pruner', () => {
  const prunes = (foldValues: number[], known = history) =>
    shouldPrune({ kind: 'median' }, foldValues, { history: known, direction: 'maximize' });

  it('ends a trial whose mean so far is worse than the median after as many folds', () => {
    expect(prunes([0.3, 0.29])).toBe(true);
    expect(prunes([0.3, 0.31])).toBe(false);
  });

  it('looks the other way where less is better', () => {
    const minimize = { history, direction: 'minimize' as const };
    expect(shouldPrune({ kind: 'median' }, [0.3, 0.31], minimize)).toBe(true);
    expect(shouldPrune({ kind: 'median' }, [0.3, 0.29], minimize)).toBe(false);
  });

  it('waits for five completed trials and a second fold', () => {
    expect(prunes([0])).toBe(false);
    expect(prunes([0, 0], history.slice(1))).toBe(false);
    const pruned: Trial = { ...history[0]!, state: 'PRUNED' };
    expect(prunes([0, 0], [pruned, ...history.slice(1)])).toBe(false);
  });

  it('can be switched off', () => {
    const context = { history, direction: 'maximize' as const };
    expect(shouldPrune({ kind: 'none' }, [0, 0, 0], context)).toBe(false);
  });
});

describe('splitHistory', () => {
  it('calls a fifth good, completed before pruned, later pruned before earlier', () => {
    const pruned: Trial[] = [
      { number: 5, hyperparameters: {}, state: 'PRUNED', foldValues: [9], value: 9 },
      { number: 6, hyperparameters: {}, state: 'PRUNED', foldValues: [0, 0], value: 0 },
    ];
    const failed: Trial = { number: 7, hyperparameters: {}, state: 'FAIL', foldValues: [] };
    const numbers = (trials: readonly { number: number }[]) => trials.map(({ number }) => number);

    const all = splitHistory([...history, ...pruned, failed], [], 'maximize');
    expect(numbers(all.good)).toEqual([2, 4]);
    expect(numbers(all.other)).toEqual([0, 1, 3, 5, 6]);

    const onlyPruned = splitHistory(
      [...pruned, failed],
      [{ number: 8, hyperparameters: {} }],
      'maximize',
    );
    expect(numbers(onlyPruned.good)).toEqual([6]);
    expect(numbers(onlyPruned.other)).toEqual([5, 8]);
  });
});
