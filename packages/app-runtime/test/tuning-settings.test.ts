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
});
