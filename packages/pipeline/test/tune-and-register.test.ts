import type { Registry, Run } from '@gnu-mlops/registry-client';
import { describe, expect, it } from 'vitest';
import { type RegisteredTuning, tuneAndRegister } from '../src/tune-and-register.ts';
import type { TuningOptions } from '../src/tuning-options.ts';
import { customersTable } from './support/customers.ts';
import { openTestRegistry } from './support/open-test-registry.ts';

async function scene(): Promise<{ options: TuningOptions; registry: Registry }> {
  const { registry, now } = await openTestRegistry();
  return {
    registry,
    options: {
      source: { table: customersTable(), name: 'customers' },
      target: 'churn',
      algorithm: 'random_forest',
      hyperparameters: { n_estimators: 5 },
      space: {
        max_depth: { kind: 'int', low: 1, high: 6 },
        max_features: { kind: 'float', low: 0.3, high: 1 },
        criterion: { kind: 'categorical', values: ['gini', 'entropy'] },
      },
      trials: 14,
      testSize: 0.25,
      folds: 3,
      seed: 42,
      registry,
      experimentName: 'churn-trials',
      modelName: 'churn',
      now,
    },
  };
}

async function nestedRuns(registry: Registry, parentId: string): Promise<Run[]> {
  const { experimentId } = await registry.getRun(parentId);
  const { items } = await registry.searchRuns({
    experimentIds: [experimentId],
    filter: `tags.\`mlflow.parentRunId\` = '${parentId}'`,
    maxResults: 1000,
  });
  return [...items];
}

const isTrial = (run: Run) => 'gnu_mlops.trial_number' in run.tags;
const withoutRuns = ({ best, trials }: RegisteredTuning) => ({ best, trials });

/** What a tuning that is cut short by its own signal after some trials leaves behind. */
async function cutShort(options: TuningOptions, afterTrial: number, concurrency = 1) {
  const controller = new AbortController();
  let runId = '';
  await expect(
    tuneAndRegister(options, {
      concurrency,
      signal: controller.signal,
      onRun: (tuning) => void (runId = tuning.runId),
      onTrial: ({ number }) => void (number === afterTrial && controller.abort()),
    }),
  ).rejects.toMatchObject({ code: expect.stringMatching(/_CANCELLED$/) });
  return runId;
}

describe('tuneAndRegister: what is on record', () => {
  it('trains with the best of a hyperparameter that was given by another of its names', async () => {
    const { options } = await scene();

    const { best, trained } = await tuneAndRegister({
      ...options,
      algorithm: 'xgboost',
      hyperparameters: { n_estimators: 5, learning_rate: 0.01 },
      space: { eta: { kind: 'float', low: 0.1, high: 0.3 } },
      trials: 2,
    });

    expect(trained!.run.params['learning_rate']).toBe(String(best.hyperparameters['eta']));
  });

  it('makes every trial a run nested in the run of the tuning', async () => {
    const { options, registry } = await scene();

    const { run, trials } = await tuneAndRegister({ ...options, userId: 'ada' });

    const nested = (await nestedRuns(registry, run.runId)).filter(isTrial);
    expect(nested).toHaveLength(14);
    for (const trial of trials) {
      const on = nested.find(
        ({ tags }) => tags['gnu_mlops.trial_number'] === String(trial.number),
      )!;
      expect(on).toMatchObject({
        status: 'FINISHED',
        userId: 'ada',
        params: {
          algorithm: 'random_forest',
          n_estimators: '5',
          max_depth: String(trial.hyperparameters['max_depth']),
          criterion: trial.hyperparameters['criterion'],
        },
        tags: { 'gnu_mlops.trial_state': trial.state },
        metrics: { cv_roc_auc_mean: trial.value },
      });
      const history = await registry.getMetricHistory(on.runId, 'cv_roc_auc');
      expect(history.map(({ step, value }) => [step, value])).toEqual(
        trial.foldValues.map((value, fold) => [fold + 1, value]),
      );
    }
    expect(new Set(trials.map(({ state }) => state))).toEqual(new Set(['COMPLETE', 'PRUNED']));
  });

  it('notes on every trial what it learns from, as a training does', async () => {
    const { options, registry } = await scene();

    const { run, trained } = await tuneAndRegister({ ...options, trials: 2, userId: 'ada' });

    const told = trained!.run;
    const trials = (await nestedRuns(registry, run.runId)).filter(isTrial);
    expect(trials).toHaveLength(2);
    for (const trial of trials) {
      expect(trial.tags).toMatchObject({
        'gnu_mlops.data_source': 'memory',
        'gnu_mlops.data_digest': told.tags['gnu_mlops.data_digest'],
        'gnu_mlops.task': 'classification',
        'gnu_mlops.target': 'churn',
        'gnu_mlops.model_name': 'churn',
        'mlflow.user': 'ada',
        'mlflow.source.name': 'gnu-mlops',
      });
      // The columns' profile stands on the run of the tuning, and once is enough.
      const { profile: _, ...dataset } = told.inputs[0]!;
      expect(trial.inputs).toEqual([dataset]);
    }
  });

  it('notes plan, best trial and its figure on its own run', async () => {
    const { options, registry } = await scene();

    const { run, best } = await tuneAndRegister({ ...options, runName: 'nightly' });

    expect(run).toMatchObject({
      status: 'FINISHED',
      runName: 'nightly',
      params: { sampler: 'tpe', algorithm: 'random_forest', n_estimators: '5' },
      metrics: { cv_roc_auc_mean: best.value },
      tags: {
        'gnu_mlops.kind': 'tuning',
        'gnu_mlops.best_trial': String(best.number),
        'gnu_mlops.best_hyperparameters': JSON.stringify(best.hyperparameters),
      },
    });
    const plan = await registry.downloadArtifact(run.runId, 'tuning.json');
    expect(JSON.parse(new TextDecoder().decode(plan))).toMatchObject({
      space: options.space,
      sampler: { kind: 'tpe' },
      features: ['bill', 'contract'],
    });
  });

  it('trains with the best on the same rows and folds, and registers the model', async () => {
    const { options } = await scene();

    const { run, best, trained } = await tuneAndRegister(options);

    expect(trained!.version).toMatchObject({
      name: 'churn',
      version: '1',
      runId: trained!.run.runId,
    });
    expect(trained!.run.tags['mlflow.parentRunId']).toBe(run.runId);
    expect(trained!.report.hyperparameters).toMatchObject({
      n_estimators: 5,
      ...best.hyperparameters,
    });
    expect(trained!.report.folds.map(({ metrics }) => metrics['roc_auc'])).toEqual(best.foldValues);
  });

  it('registers nothing when told to stop after the search', async () => {
    const { options, registry } = await scene();

    const { run, trained } = await tuneAndRegister({ ...options, trials: 3, then: 'stop' });

    expect(trained).toBeUndefined();
    expect(run.status).toBe('FINISHED');
    expect(await nestedRuns(registry, run.runId)).toHaveLength(3);
    expect(await registry.findRegisteredModel('churn')).toBeUndefined();
  });

  it('marks a trial that fails with its error, and the tuning when all do', async () => {
    const { options, registry } = await scene();
    let runId = '';
    const failing: TuningOptions = {
      ...options,
      algorithm: 'logistic_regression',
      hyperparameters: { max_iter: 1 },
      space: { C: { kind: 'float', low: 50, high: 100 } },
      trials: 2,
    };

    await expect(
      tuneAndRegister(failing, { onRun: (tuning) => void (runId = tuning.runId) }),
    ).rejects.toMatchObject({ code: 'TRAINER_SEARCH_FRUITLESS' });

    expect(await registry.getRun(runId)).toMatchObject({
      status: 'FAILED',
      tags: { 'gnu_mlops.error_code': 'TRAINER_SEARCH_FRUITLESS' },
    });
    for (const run of await nestedRuns(registry, runId)) {
      expect(run).toMatchObject({
        status: 'FAILED',
        tags: {
          'gnu_mlops.trial_state': 'FAIL',
          'gnu_mlops.error_code': 'TRAINER_NOT_CONVERGED',
        },
      });
    }
  });
});

describe('tuneAndRegister: going on', () => {
  it.each([1, 2])(
    'goes on from an interrupted tuning to what an uninterrupted one finds, %i at a time',
    async (concurrency) => {
      const { options, registry } = await scene();
      const whole = await tuneAndRegister({ ...options, then: 'stop' }, { concurrency });

      const runId = await cutShort(options, 11, concurrency);
      expect(await registry.getRun(runId)).toMatchObject({ status: 'KILLED' });
      expect(await registry.findRegisteredModel('churn')).toBeUndefined();
      const told: number[] = [];
      const resumed = await tuneAndRegister(
        { ...options, resume: runId },
        { concurrency, onRun: ({ finished }) => void told.push(finished) },
      );

      expect(withoutRuns(resumed)).toEqual(withoutRuns(whole));
      expect(resumed.run).toMatchObject({ runId, status: 'FINISHED' });
      expect(resumed.trained!.version.version).toBe('1');
      expect(told[0]).toBeGreaterThanOrEqual(concurrency === 1 ? 12 : 11);
      expect(told[0]).toBeLessThan(14);
    },
    180_000,
  );

  it('has the tags of whom it was begun by on every run, then those of whom it is gone on with by', async () => {
    const { options, registry } = await scene();
    const runId = await cutShort({ ...options, tags: { owner: 'first' } }, 3);
    expect(await registry.getRun(runId)).toMatchObject({ tags: { owner: 'first' } });

    await tuneAndRegister({ ...options, tags: { owner: 'second' }, resume: runId });

    expect(await registry.getRun(runId)).toMatchObject({ tags: { owner: 'second' } });
    const owners = (await nestedRuns(registry, runId)).map(({ tags }) => tags['owner']);
    expect(new Set(owners)).toEqual(new Set(['first', 'second']));
  });

  it('does a trial again that a killed process left RUNNING', async () => {
    const { options, registry } = await scene();
    const whole = await tuneAndRegister({ ...options, then: 'stop' });
    // As a process leaves it that is killed while the sixth trial is under way.
    let runId = '';
    let begun = 0;
    const dying: Registry = {
      ...registry,
      logBatch: async (id, batch) => {
        if (batch.params !== undefined && 'max_depth' in batch.params) begun++;
        if (begun >= 6) throw new Error('killed');
        return registry.logBatch(id, batch);
      },
      updateRun: async (id, update) => {
        if (begun >= 6) throw new Error('killed');
        return registry.updateRun(id, update);
      },
    };
    await expect(
      tuneAndRegister(
        { ...options, registry: dying },
        { onRun: (tuning) => void (runId = tuning.runId) },
      ),
    ).rejects.toThrow('killed');
    const left = await nestedRuns(registry, runId);
    expect(left.filter(({ status }) => status === 'RUNNING')).toHaveLength(1);

    const resumed = await tuneAndRegister({ ...options, resume: runId, then: 'stop' });

    expect(withoutRuns(resumed)).toEqual(withoutRuns(whole));
    const nested = await nestedRuns(registry, runId);
    expect(nested.filter(({ status }) => status === 'RUNNING')).toEqual([]);
    const numbersOf = (status: string) =>
      nested
        .filter((run) => run.status === status)
        .map(({ tags }) => Number(tags['gnu_mlops.trial_number']))
        .sort((a, b) => a - b);
    expect(numbersOf('FINISHED')).toEqual(Array.from({ length: 14 }, (_, number) => number));
    expect(numbersOf('KILLED')).toEqual([5]);
  });

  it('adds trials to a tuning that had ended', async () => {
    const { options } = await scene();
    const first = await tuneAndRegister({ ...options, trials: 4, then: 'stop' });

    const more = await tuneAndRegister({
      ...options,
      trials: 6,
      then: 'stop',
      resume: first.run.runId,
    });

    expect(more.trials.slice(0, 4)).toEqual(first.trials);
    expect(more.trials).toHaveLength(6);
  });

  it.each<[string, Partial<TuningOptions>, RegExp]>([
    ['another space', { space: { max_depth: { kind: 'int', low: 1, high: 9 } } }, /another space/],
    ['another seed', { seed: 1 }, /another random_state/],
    ['other rows', { source: { table: customersTable(100), name: 'few' } }, /another data_digest/],
  ])('refuses to go on with %s', async (_, changes, says) => {
    const { options } = await scene();
    const { run } = await tuneAndRegister({ ...options, trials: 2, then: 'stop' });
    await expect(
      tuneAndRegister({ ...options, ...changes, resume: run.runId }),
    ).rejects.toMatchObject({
      code: 'PIPELINE_OPTION_INVALID',
      message: expect.stringMatching(says),
    });
  });

  it('refuses to go on with a run that is no tuning', async () => {
    const { options } = await scene();
    const { trained } = await tuneAndRegister({ ...options, trials: 2 });
    await expect(tuneAndRegister({ ...options, resume: trained!.run.runId })).rejects.toMatchObject(
      { code: 'PIPELINE_OPTION_INVALID' },
    );
  });
});
