import type { JsonValue } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { algorithmNamed, algorithms } from '../../src/algorithms.ts';
import { checkSearchSpace } from '../../src/search/check-search-space.ts';
import { defaultSearchSpace } from '../../src/search/default-search-space.ts';
import { parseSearchSpace } from '../../src/search/parse-search-space.ts';
import type { SearchSpace } from '../../src/search/search-space.ts';

const forest = algorithmNamed('random_forest');

describe('parseSearchSpace', () => {
  it('reads every kind of dimension', () => {
    const space = {
      max_depth: { kind: 'int', low: 2, high: 12, step: 2 },
      max_features: { kind: 'float', low: 0.1, high: 1, scale: 'log' },
      criterion: { kind: 'categorical', values: ['gini', 'entropy'] },
    };
    expect(parseSearchSpace(space as unknown as JsonValue)).toEqual(space);
  });

  it.each<[string, JsonValue, RegExp]>([
    ['a dimension that is no object', { C: 3 }, /"C".*kind/],
    ['an unknown kind', { C: { kind: 'flaot', low: 0, high: 1 } }, /"flaot".*float/],
    ['an unknown key', { C: { kind: 'float', low: 1, hgh: 2 } }, /"hgh".*"high"/],
    ['a step of a float', { C: { kind: 'float', low: 1, high: 2, step: 1 } }, /no "step"/],
    ['a missing bound', { C: { kind: 'float', low: 1 } }, /low and high/],
    ['a fraction as bound of an int', { n: { kind: 'int', low: 0.5, high: 2 } }, /whole/],
    ['bounds the wrong way round', { n: { kind: 'int', low: 5, high: 2 } }, /from 5 to 2/],
    ['a log scale from 0', { C: { kind: 'float', low: 0, high: 2, scale: 'log' } }, /log.*above 0/],
    ['an unknown scale', { C: { kind: 'float', low: 1, high: 2, scale: 'lin' } }, /linear or log/],
    ['no values', { c: { kind: 'categorical', values: [] } }, /at least one/],
    ['a value twice', { c: { kind: 'categorical', values: ['a', 'a'] } }, /"a" twice/],
    [
      'a step on the log scale',
      { n: { kind: 'int', low: 1, high: 9, scale: 'log', step: 2 } },
      /both/,
    ],
  ])('refuses %s', (_, value, says) => {
    expect(() => parseSearchSpace(value)).toThrow(
      expect.objectContaining({
        code: 'TRAINER_HYPERPARAMETER_SPACE_INVALID',
        message: expect.stringMatching(says),
      }),
    );
  });
});

describe('checkSearchSpace', () => {
  const check = (space: SearchSpace) =>
    checkSearchSpace(space, { algorithm: forest, task: 'classification' });

  it('names the nearest hyperparameter for one that the algorithm does not have', () => {
    expect(() => check({ max_dept: { kind: 'int', low: 2, high: 5 } })).toThrow(
      expect.objectContaining({
        code: 'TRAINER_UNKNOWN_HYPERPARAMETER',
        message: expect.stringContaining('max_depth'),
      }),
    );
  });

  it('refuses a bound or a value that the algorithm does not take', () => {
    const outside = [
      { max_depth: { kind: 'int', low: 0, high: 5 } },
      { max_features: { kind: 'float', low: 0.2, high: 1.5 } },
      { criterion: { kind: 'categorical', values: ['gini', 'mse'] } },
    ] as const;
    for (const space of outside) {
      expect(() => check(space)).toThrow(
        expect.objectContaining({ code: 'TRAINER_HYPERPARAMETER_INVALID' }),
      );
    }
  });

  it('refuses an empty space', () => {
    expect(() => check({})).toThrow(/empty/);
  });

  it.each(algorithms.map(({ name }) => name).filter((name) => name !== 'linear_regression'))(
    'accepts the default space of %s',
    (name) => {
      const algorithm = algorithmNamed(name);
      const space = defaultSearchSpace(name)!;
      for (const task of algorithm.tasks) checkSearchSpace(space, { algorithm, task });
      expect(parseSearchSpace(space as unknown as JsonValue)).toEqual(space);
    },
  );
});
