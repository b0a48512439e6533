import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';

describe('the section tuning', () => {
  it('has 50 trials of TPE with a median pruner by default, in the space of the algorithm', () => {
    expect(parseConfig('').tuning).toEqual({
      sampler: 'tpe',
      trials: 50,
      pruner: 'median',
      concurrency: 1,
      space: {},
    });
  });

  it('takes a space of every kind of dimension, null among the values', () => {
    const { tuning } = parseConfig(`
tuning:
  space:
    max_depth: { kind: categorical, values: [5, 10, null] }
    max_features: { kind: float, low: 0.1, high: 1, scale: log }
    n_estimators: { kind: int, low: 50, high: 500, step: 50 }
`);
    expect(tuning.space).toEqual({
      max_depth: { kind: 'categorical', values: [5, 10, null] },
      max_features: { kind: 'float', low: 0.1, high: 1, scale: 'log' },
      n_estimators: { kind: 'int', low: 50, high: 500, step: 50 },
    });
  });

  it('names the nearest key of a dimension', () => {
    expect(() => parseConfig('tuning: {space: {C: {kind: float, loww: 1, high: 2}}}')).toThrow(
      /tuning\.space\.C\.loww.*"low"/,
    );
  });

  it('says what a kind may be', () => {
    expect(() => parseConfig('tuning: {space: {C: {kind: flot, low: 1, high: 2}}}')).toThrow(
      /tuning\.space\.C\.kind.*did you mean "float"/,
    );
  });

  it('takes a dimension from the environment as JSON', () => {
    const env = { GNU_MLOPS_TUNING_SPACE_MAX_DEPTH: '{"kind":"int","low":2,"high":9}' };
    expect(parseConfig('', { env }).tuning.space).toEqual({
      max_depth: { kind: 'int', low: 2, high: 9 },
    });
  });
});
