import { type ClassificationMetrics, createTable, rowAt } from '@gnu-mlops/core';
import { parseModel } from '@gnu-mlops/model';
import { parseTableProfile } from '@gnu-mlops/preprocess';
import { createPredictorFromBytes } from '@gnu-mlops/predictor';
import type { Registry } from '@gnu-mlops/registry-client';
import { describe, expect, it } from 'vitest';
import { trainAndRegister } from '../src/train-and-register.ts';
import type { TrainingOptions } from '../src/training-options.ts';
import { customersTable } from './support/customers.ts';
import { openTestRegistry } from './support/open-test-registry.ts';

async function scene(): Promise<{ options: TrainingOptions; registry: Registry }> {
  const { registry, now } = await openTestRegistry();
  return {
    registry,
    options: {
      source: { table: customersTable(), name: 'customers', uri: 'crm/customers' },
      target: 'churn',
      algorithm: 'random_forest',
      hyperparameters: { n_estimators: 8, max_depth: 4 },
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

const textOf = async (registry: Registry, runId: string, path: string) =>
  new TextDecoder().decode(await registry.downloadArtifact(runId, path));

/** The only run of the experiment. */
async function onlyRun(registry: Registry) {
  const experiment = await registry.findExperiment('churn-trials');
  const { items } = await registry.searchRuns({ experimentIds: [experiment!.experimentId] });
  expect(items).toHaveLength(1);
  return items[0]!;
}

describe('trainAndRegister: what is on record', () => {
  it('finishes a run with parameters, metrics and tags', async () => {
    const { options } = await scene();

    const { run, report, version } = await trainAndRegister({
      ...options,
      userId: 'ada',
      runName: 'first',
      tags: { team: 'crm' },
    });

    expect(run).toMatchObject({ status: 'FINISHED', runName: 'first', userId: 'ada' });
    expect(run.endTime).toBe(options.now());
    expect(run.params).toMatchObject({
      algorithm: 'random_forest',
      target: 'churn',
      task: 'classification',
      n_estimators: '8',
      max_depth: '4',
      rows: '240',
      columns: '3',
      training_rows: '180',
      test_rows: '60',
      test_size: '0.25',
      cv_folds: '3',
      random_state: '42',
    });
    expect(Object.keys(run.params)).toContain('min_samples_leaf');
    expect(run.metrics).toMatchObject(report.metrics);
    expect(run.metrics['cv_accuracy_mean']).toBe(report.foldMean['accuracy']);
    expect(run.tags).toMatchObject({
      'mlflow.user': 'ada',
      'mlflow.source.name': 'gnu-mlops',
      'gnu_mlops.task': 'classification',
      'gnu_mlops.target': 'churn',
      'gnu_mlops.model_name': 'churn',
      'gnu_mlops.model_version': version.version,
      team: 'crm',
    });
  });

  it('keeps one value of each metric per fold', async () => {
    const { options, registry } = await scene();

    const { run, report } = await trainAndRegister(options);

    const history = await registry.getMetricHistory(run.runId, 'cv_accuracy');
    expect(history.map(({ step, value }) => [step, value])).toEqual(
      report.folds.map(({ metrics }, fold) => [fold + 1, metrics['accuracy']]),
    );
  });

  it('notes the data set with digest, schema and profile', async () => {
    const { options } = await scene();

    const { run } = await trainAndRegister(options);

    expect(run.inputs).toHaveLength(1);
    const [input] = run.inputs;
    expect(input).toMatchObject({
      name: 'customers',
      context: 'training',
      sourceType: 'local',
      digest: run.tags['gnu_mlops.data_digest'],
    });
    expect(JSON.parse(input!.source)).toEqual({ uri: 'crm/customers' });
    expect(JSON.parse(input!.schema!)).toEqual({
      mlflow_colspec: [
        { name: 'bill', type: 'double', required: true },
        { name: 'contract', type: 'string', required: true },
        { name: 'churn', type: 'string', required: true },
      ],
    });
    expect(JSON.parse(input!.profile!)).toMatchObject({ num_rows: 240, num_elements: 720 });
  });

  it('keeps report, profile and configuration as artifacts', async () => {
    const { options, registry } = await scene();
    const configuration = { model: { algorithm: 'random_forest' } };

    const { run, report } = await trainAndRegister({ ...options, configuration });

    const kept = JSON.parse(await textOf(registry, run.runId, 'report.json')) as typeof report;
    expect(kept).toMatchObject({
      data: { name: 'customers', target: 'churn' },
      rows: report.rows,
      evaluation: {
        confusionMatrix: (report.evaluation as ClassificationMetrics).confusionMatrix,
      },
    });
    expect(kept.featureImportances).toEqual(report.featureImportances);
    expect(kept.folds).toHaveLength(3);
    expect(JSON.parse(await textOf(registry, run.runId, 'config.json'))).toEqual(configuration);
    expect(
      parseTableProfile(await textOf(registry, run.runId, 'model/profile.json')),
    ).toMatchObject({
      rowCount: 240,
    });
  });

  it('keeps what the checks of the data found, their warnings in the report', async () => {
    const { options, registry } = await scene();
    const checks = [
      { check: 'range', column: 'bill', max: 0, severity: 'warn' },
      { check: 'expression', expression: 'bill > -1000', severity: 'fail' },
    ] as const;

    const { run } = await trainAndRegister({ ...options, checks });

    const kept = JSON.parse(await textOf(registry, run.runId, 'data_checks.json')) as object;
    expect(kept).toMatchObject({
      status: 'warn',
      results: [{ status: 'warn' }, { status: 'pass' }],
    });
    expect(JSON.parse(await textOf(registry, run.runId, 'report.json'))).toMatchObject({
      findings: [{ severity: 'warning', check: 'data_check', column: 'bill' }],
    });
  });

  it('says which of the checks has a formula that does not read', async () => {
    const { options } = await scene();
    const checks = [{ check: 'expression', expression: 'bill >', severity: 'fail' }] as const;
    await expect(trainAndRegister({ ...options, checks })).rejects.toMatchObject({
      code: 'PREPROCESS_CHECKS_INVALID',
      message: expect.stringContaining('checks[0].expression') as string,
    });
  });

  it('keeps a model folder that tells run, signature and example rows', async () => {
    const { options, registry } = await scene();

    const { run } = await trainAndRegister(options);

    const names = (await registry.listArtifacts(run.runId, 'model')).map(({ path }) => path);
    expect(names).toEqual(
      expect.arrayContaining([
        'model/MLmodel',
        'model/input_example.json',
        'model/model.gnumlops',
        'model/recipe.json',
      ]),
    );
    expect(await textOf(registry, run.runId, 'model/MLmodel')).toContain(run.runId);
    const example = JSON.parse(await textOf(registry, run.runId, 'model/input_example.json')) as {
      columns: string[];
      data: unknown[][];
    };
    expect(example.columns).toEqual(['bill', 'contract']);
    expect(example.data).toHaveLength(5);
  });

  it('registers a version that predicts as the trained model does', async () => {
    const { options, registry } = await scene();

    const { model, version, run } = await trainAndRegister(options);

    expect(version).toMatchObject({
      name: 'churn',
      version: '1',
      stage: 'None',
      source: `runs:/${run.runId}/model`,
      runId: run.runId,
      tags: { 'gnu_mlops.algorithm': 'random_forest' },
    });
    const bytes = await registry.downloadModelFile('churn', '1', 'model.gnumlops');
    expect(parseModel(bytes)).toEqual(model);
    const [prediction] = createPredictorFromBytes(bytes).predict({ bill: 90, contract: 'monthly' });
    expect(prediction!.prediction).toBe('yes');
  });

  it('never has the target among what the model reads', async () => {
    const { options } = await scene();

    const { model } = await trainAndRegister(options);

    expect(model.signature.inputs.map(({ name }) => name)).toEqual(['bill', 'contract']);
  });

  it('adds a version by each run; same seed, same model, byte for byte', async () => {
    const { options, registry } = await scene();

    const first = await trainAndRegister(options);
    const second = await trainAndRegister(options, { threads: 2 });
    const other = await trainAndRegister({ ...options, seed: 7 });

    expect([first, second, other].map(({ version }) => version.version)).toEqual(['1', '2', '3']);
    const bytesOf = (version: string) =>
      registry.downloadModelFile('churn', version, 'model.gnumlops');
    expect(await bytesOf('2')).toEqual(await bytesOf('1'));
    expect(await bytesOf('3')).not.toEqual(await bytesOf('1'));
  });

  it('keeps groups together, calibrates and decides by a threshold, and says so', async () => {
    const { options, registry } = await scene();
    const table = customersTable();
    const household = Float64Array.from({ length: table.rowCount }, (_, row) =>
      Math.floor(row / 3),
    );
    const grouped = createTable([
      ...table.columns,
      ['household', { kind: 'integer', values: household }],
    ]);

    const { run, version, model, report } = await trainAndRegister({
      ...options,
      source: { table: grouped, name: 'customers' },
      groupColumn: 'household',
      calibration: 'sigmoid',
      threshold: { costs: { falsePositive: 1, falseNegative: 3 } },
    });

    const { train, test } = report.split;
    const tested = new Set(Array.from(test, (row) => household[row]));
    expect(Array.from(train).some((row) => tested.has(household[row]!))).toBe(false);
    expect(model.signature.inputs.map(({ name }) => name)).not.toContain('household');
    expect(run.params).toMatchObject({
      group_column: 'household',
      calibration: 'sigmoid',
      threshold: '{"costs":{"falsePositive":1,"falseNegative":3}}',
    });
    expect(run.metrics).toMatchObject({
      threshold: model.threshold!.value,
      uncalibrated_brier: report.calibration!.before.brier,
      brier: report.calibration!.after.brier,
    });
    const kept = JSON.parse(await textOf(registry, run.runId, 'report.json')) as object;
    expect(kept).toMatchObject({
      calibration: { method: 'sigmoid', rows: train.length },
      threshold: { value: model.threshold!.value },
    });
    const bytes = await registry.downloadModelFile(version.name, version.version, 'model.gnumlops');
    const predictor = createPredictorFromBytes(bytes);
    const rows = Array.from(test, (row) => rowAt(grouped, row));
    for (const { prediction, probabilities } of predictor.predict(rows)) {
      const { positiveClass, value } = model.threshold!;
      expect(prediction === positiveClass).toBe(probabilities![positiveClass]! >= value);
    }
  });

  it('trains a linear regression too', async () => {
    const { options } = await scene();
    const values = Float64Array.from({ length: 100 }, (_, row) => row);
    const table = createTable([
      ['x', { kind: 'numeric', values }],
      ['y', { kind: 'numeric', values: values.map((x) => 3 * x + 0.5) }],
    ]);

    const { run } = await trainAndRegister({
      ...options,
      source: { table, name: 'line' },
      target: 'y',
      algorithm: 'linear_regression',
      hyperparameters: {},
    });

    expect(run.params['task']).toBe('regression');
    expect(run.metrics['r2']).toBeCloseTo(1, 6);
  });
});

describe('trainAndRegister: what goes wrong', () => {
  it('marks the run FAILED with the error, registers nothing, and throws', async () => {
    const { options, registry } = await scene();

    await expect(
      trainAndRegister({ ...options, hyperparameters: { n_estimator: 8 } }),
    ).rejects.toMatchObject({ code: 'TRAINER_UNKNOWN_HYPERPARAMETER' });

    const run = await onlyRun(registry);
    expect(run.status).toBe('FAILED');
    expect(run.endTime).toBe(options.now());
    expect(run.tags['gnu_mlops.error_code']).toBe('TRAINER_UNKNOWN_HYPERPARAMETER');
    expect(run.tags['gnu_mlops.error']).toContain('n_estimators');
    expect(await registry.findRegisteredModel('churn')).toBeUndefined();
  });

  it('marks the run KILLED when it is aborted', async () => {
    const { options, registry } = await scene();
    const controller = new AbortController();

    await expect(
      trainAndRegister(options, {
        signal: controller.signal,
        onProgress: () => controller.abort(),
      }),
    ).rejects.toMatchObject({ code: 'TRAINER_CANCELLED' });

    const run = await onlyRun(registry);
    expect(run.status).toBe('KILLED');
    expect(await registry.findRegisteredModel('churn')).toBeUndefined();
  });

  it('throws PIPELINE_CANCELLED and registers nothing when it is aborted after the training', async () => {
    const { options, registry } = await scene();
    const controller = new AbortController();

    await expect(
      trainAndRegister(options, {
        signal: controller.signal,
        onTrained: () => controller.abort(),
      }),
    ).rejects.toMatchObject({ code: 'PIPELINE_CANCELLED' });

    expect((await onlyRun(registry)).status).toBe('KILLED');
    expect(await registry.findRegisteredModel('churn')).toBeUndefined();
  });

  it('begins no run for data that fail their checks', async () => {
    const { options, registry } = await scene();

    await expect(trainAndRegister({ ...options, target: 'bill' })).rejects.toMatchObject({
      code: 'PIPELINE_DATA_CHECK_FAILED',
    });

    expect(await registry.findExperiment('churn-trials')).toBeUndefined();
  });

  it('throws the first error when the registry fails with it', async () => {
    const { options, registry } = await scene();
    const failing: Registry = {
      ...registry,
      uploadArtifact: () => Promise.reject(new Error('the disk is full')),
      updateRun: () => Promise.reject(new Error('the registry is out of reach')),
    };

    await expect(trainAndRegister({ ...options, registry: failing })).rejects.toThrow(
      'the disk is full',
    );
  });
});
