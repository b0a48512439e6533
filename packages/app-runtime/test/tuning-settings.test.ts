import { parseConfig } from '@gnu-mlops/core/config';
import { describe, expect, it } from 'vitest';
import { tuningSettings } from '../src/index.ts';

const space = 'space: {max_depth: {kind: int, low: 2, high: 8}}';
const data = 'data: {local_path: churn.csv, target: churn}';

describe('tuningSettings', () => {
  it('are those of a training and the section tuning', () => {
    const config = parseConfig(`
${data}
model: {hyperparameters: {n_estimators: 30}}
tuning: {trials: 20, sampler: random, metric: f1, pruner: none, concurrency: 3, ${space}}
`);
    expect(tuningSettings(config, { cwd: '/project' })).toMatchObject({
      source: { path: '/project/churn.csv' },
      target: 'churn',
      hyperparameters: { n_estimators: 30 },
      trials: 20,
      sampler: { kind: 'random' },
      metric: 'f1',
      pruner: { kind: 'none' },
      concurrency: 3,
      space: { max_depth: { kind: 'int', low: 2, high: 8 } },
    });
  });

  it('leave metric and space to the search where nothing is configured', () => {
    const settings = tuningSettings(parseConfig(data), { cwd: '/project' });
    expect(settings).toMatchObject({ trials: 50, sampler: { kind: 'tpe' } });
    expect(Object.keys(settings)).not.toContain('metric');
    expect(Object.keys(settings)).not.toContain('space');
  });

  it('take what the caller decides over the configuration', () => {
    const config = parseConfig(`${data}\ntuning: {trials: 20, metric: f1}`);
    const overrides = {
      trials: 5,
      sampler: 'grid',
      metric: 'accuracy',
      pruner: 'none',
      concurrency: 2,
    } as const;
    expect(tuningSettings(config, { cwd: '/project', ...overrides })).toMatchObject({
      trials: 5,
      sampler: { kind: 'grid' },
      metric: 'accuracy',
      pruner: { kind: 'none' },
      concurrency: 2,
    });
  });

  it('search another algorithm than the configured one in its own space', () => {
    const config = parseConfig(`${data}\ntuning: {${space}}`);
    const settings = tuningSettings(config, { cwd: '/project', algorithm: 'logistic_regression' });
    expect(settings.algorithm).toBe('logistic_regression');
    expect(Object.keys(settings)).not.toContain('space');
  });

  it('search no hyperparameter that the caller fixes', () => {
    const config = parseConfig(`${data}\nmodel: {hyperparameters: {max_depth: 5}}`);
    const fixed = { hyperparameters: { max_depth: 3 } };
    const settings = tuningSettings(config, { cwd: '/project', ...fixed });
    expect(settings.hyperparameters).toEqual({ max_depth: 3 });
    expect(Object.keys(settings.space!)).toEqual([
      'min_samples_leaf',
      'min_samples_split',
      'max_features',
    ]);
  });

  it('search none that the caller fixes by another of its names', () => {
    const hyperparameters = { learning_rate: 0.2 };
    const overrides = { cwd: '/project', algorithm: 'xgboost', hyperparameters };
    const settings = tuningSettings(parseConfig(data), overrides);
    expect(settings.hyperparameters).toEqual({ learning_rate: 0.2 });
    expect(Object.keys(settings.space!)).not.toContain('eta');
  });

  it('leave nothing of a configured space to search where the caller fixes all of it', () => {
    const config = parseConfig(`${data}\ntuning: {${space}}`);
    const fixed = { hyperparameters: { max_depth: 3 } };
    expect(tuningSettings(config, { cwd: '/project', ...fixed }).space).toEqual({});
  });

  it('search the whole space where the caller fixes what is not in it', () => {
    const config = parseConfig(`${data}\ntuning: {${space}}`);
    const fixed = { hyperparameters: { n_estimators: 300 } };
    const settings = tuningSettings(config, { cwd: '/project', ...fixed });
    expect(settings.space).toEqual({ max_depth: { kind: 'int', low: 2, high: 8 } });
  });
});
