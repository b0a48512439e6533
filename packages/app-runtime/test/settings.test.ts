import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isGnuMlopsError } from '@gnu-mlops/core';
import { ALGORITHM_NAMES, parseConfig } from '@gnu-mlops/core/config';
import { evaluateGates } from '@gnu-mlops/deployer';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { algorithms } from '@gnu-mlops/trainer';
import {
  SettingMissingError,
  SettingUnsupportedError,
  absoluteRegistryUri,
  batchSettings,
  learningSettings,
  openConfiguredRegistry,
  quickstartSettings,
  servedModel,
  stageGates,
  taskOfMetrics,
  trainingSettings,
} from '../src/index.ts';

describe('the configuration', () => {
  it('knows the algorithms that there are', () => {
    expect([...ALGORITHM_NAMES]).toEqual(algorithms.map(({ name }) => name));
  });
});

describe('openConfiguredRegistry', () => {
  it('makes a relative database under cwd, not under the working directory', async () => {
    const cwd = temporaryFolder();
    const config = parseConfig('mlflow: {tracking_uri: "sqlite:///sub/runs.db"}');
    const registry = await openConfiguredRegistry(config, { cwd, userId: 'ada', now: () => 7 });
    const experiment = await registry.ensureExperiment('trial');
    const run = await registry.createRun({ experimentId: experiment.experimentId, startTime: 7 });
    expect(run.userId).toBe('ada');
    await registry.close();
    expect(existsSync(join(cwd, 'sub', 'runs.db'))).toBe(true);
  });

  it('throws REGISTRY_URI_UNSUPPORTED for what nothing here serves', async () => {
    const config = parseConfig('mlflow: {tracking_uri: "postgresql://localhost/mlflow"}');
    const open = openConfiguredRegistry(config, { cwd: temporaryFolder() });
    await expect(open).rejects.toMatchObject({ code: 'REGISTRY_URI_UNSUPPORTED' });
  });
});

describe('trainingSettings: splits and decisions', () => {
  const text = (training: string) =>
    parseConfig(`data: {local_path: a.csv, target: y}\ntraining: {${training}}`);

  it('passes on what is configured', () => {
    const config = text(
      'group_column: customer, positive_class: churned, calibration: isotonic, threshold: 0.3',
    );
    expect(trainingSettings(config, { cwd: '/p' })).toMatchObject({
      groupColumn: 'customer',
      positiveClass: 'churned',
      calibration: 'isotonic',
      threshold: 0.3,
    });
    expect(learningSettings(text('threshold: f1'))).toMatchObject({ threshold: 'f1' });
    expect(learningSettings(text('calibration: none'))).not.toHaveProperty('calibration');
  });

  it('leaves the columns to the configured file, and lets the caller name others', () => {
    const config = text('time_column: day');
    const settings = (overrides: object) => trainingSettings(config, { cwd: '/p', ...overrides });
    expect(settings({})).toMatchObject({ timeColumn: 'day' });
    expect(settings({ dataPath: 'b.csv' })).not.toHaveProperty('timeColumn');
    const told = settings({ dataPath: 'b.csv', groupColumn: 'who' });
    expect(told).toMatchObject({ groupColumn: 'who' });
    expect(settings({ groupColumn: 'who' })).not.toHaveProperty('timeColumn');
  });

  it('knows costs, and takes a calibration and a threshold of the caller first', () => {
    const config = text('threshold: cost, threshold_costs: {false_positive: 1, false_negative: 5}');
    const threshold = { costs: { falsePositive: 1, falseNegative: 5 } };
    expect(learningSettings(config)).toMatchObject({ threshold });
    const told = learningSettings(config, { calibration: 'sigmoid', threshold: 0.5 });
    expect(told).toMatchObject({ calibration: 'sigmoid', threshold: 0.5 });
  });

  it('throws for a threshold by cost without costs, and for costs that have no say', () => {
    expect(() => learningSettings(text('threshold: cost'))).toThrow(SettingMissingError);
    const costs = 'threshold_costs: {false_positive: 1, false_negative: 5}';
    expect(() => learningSettings(text(`threshold: f1, ${costs}`))).toThrow(
      SettingUnsupportedError,
    );
  });
});

describe('absoluteRegistryUri', () => {
  it.each([
    ['sqlite:///mlflow.db', 'sqlite:////project/mlflow.db'],
    ['sqlite:///sub/../x.db', 'sqlite:////project/x.db'],
    ['sqlite:////data/x.db', 'sqlite:////data/x.db'],
    ['sqlite:///', 'sqlite:///'],
    ['sqlite:///:memory:', 'sqlite:///:memory:'],
    ['https://mlflow.example.com', 'https://mlflow.example.com'],
    ['databricks', 'databricks'],
  ])('of %s is %s', (uri, absolute) => {
    expect(absoluteRegistryUri(uri, '/project')).toBe(absolute);
  });
});

describe('stageGates', () => {
  const config = parseConfig('');
  const thresholds = (items: string) =>
    parseConfig(`deployment: {thresholds: {staging: [${items}]}}`);

  it('takes the thresholds of the task, higher for production', () => {
    expect(stageGates(config, { stage: 'Staging', task: 'classification' })).toEqual([
      { name: 'accuracy', metric: 'accuracy', threshold: 0.7, direction: 'at_least' },
    ]);
    expect(stageGates(config, { stage: 'GNU_Production', task: 'classification' })).toEqual([
      { name: 'accuracy', metric: 'accuracy', threshold: 0.8, direction: 'at_least' },
    ]);
    expect(stageGates(config, { stage: 'GNU_Production', task: 'regression' })).toEqual([
      { name: 'r2', metric: 'r2', threshold: 0.6, direction: 'at_least' },
    ]);
  });

  it('takes every threshold when the task is not known, so that nothing passes by accident', () => {
    const gates = stageGates(config, { stage: 'Staging', task: undefined });
    expect(gates.map(({ metric }) => metric)).toEqual(['accuracy', 'r2']);
    const verdicts = evaluateGates(gates, {}).map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['not_enough_evidence', 'not_enough_evidence']);
  });

  it('keeps thresholds on metrics of your own for any task', () => {
    const own = thresholds('{metric: profit, threshold: 5, direction: at_least}');
    for (const task of ['classification', 'regression'] as const) {
      expect(stageGates(own, { stage: 'Staging', task })).toHaveLength(1);
    }
  });

  it('names two thresholds on one metric apart', () => {
    const band = thresholds(
      '{metric: log_loss, threshold: 0.5}, {metric: log_loss, threshold: 0.1, direction: at_least}',
    );
    const gates = stageGates(band, { stage: 'Staging', task: 'classification' });
    expect(gates.map(({ name }) => name)).toEqual([
      'log_loss at most 0.5',
      'log_loss at least 0.1',
    ]);
    expect(evaluateGates(gates, { log_loss: 0.3 }).map(({ verdict }) => verdict)).toEqual([
      'pass',
      'pass',
    ]);
  });

  it('gives no gates for an empty list', () => {
    expect(stageGates(thresholds(''), { stage: 'Staging', task: 'regression' })).toEqual([]);
  });

  it('throws RUNTIME_SETTING_UNSUPPORTED when no threshold applies', () => {
    const gates = () =>
      stageGates(thresholds('{metric: r2, threshold: 0.5}'), {
        stage: 'Staging',
        task: 'classification',
      });
    expect(gates).toThrow(SettingUnsupportedError);
    expect(gates).toThrow('deployment.thresholds.staging has no threshold for classification');
  });
});

describe('taskOfMetrics', () => {
  it('goes by the names that only one task has', () => {
    expect(taskOfMetrics({ accuracy: 0.9, profit: 3 })).toBe('classification');
    expect(taskOfMetrics({ rmse: 1, r2: 0.5 })).toBe('regression');
    expect(taskOfMetrics({ profit: 3 })).toBeUndefined();
    expect(taskOfMetrics({ accuracy: 0.9, r2: 0.5 })).toBeUndefined();
  });
});

describe('batchSettings', () => {
  it('starts relative paths at cwd and keeps absolute ones', () => {
    const config = parseConfig('batch_inference: {archive_path: /archive, batch_size: 50}');
    expect(batchSettings(config, { cwd: '/project' })).toEqual({
      inputFolder: '/project/batch/input',
      outputFolder: '/project/batch/output',
      archiveFolder: '/archive',
      archiveInput: true,
      batchRows: 50,
      ledgerPath: '/project/batch_ledger.db',
    });
  });

  it('says how many threads and how much memory only where that is configured', () => {
    const config = parseConfig('batch_inference: {n_jobs: 2, memory_limit_mb: 256}');
    expect(batchSettings(config, { cwd: '/project' })).toMatchObject({
      threads: 2,
      memoryLimitBytes: 268_435_456,
    });
  });
});

describe('servedModel', () => {
  it('names the model and the stage of either purpose', () => {
    const config = parseConfig(
      'mlflow: {model_name: churn}\nbatch_inference: {model_stage: Staging}',
    );
    expect(servedModel(config, 'predict')).toEqual({ modelName: 'churn', stage: 'GNU_Production' });
    expect(servedModel(config, 'batch')).toEqual({ modelName: 'churn', stage: 'Staging' });
  });
});

describe('quickstartSettings', () => {
  const config = parseConfig('mlflow: {gnu_mlflow_config: trial, model_name: churn}');

  it('keeps the churn sample under the configured names, everything under cwd', () => {
    const { gatesFor, configuration, ...settings } = quickstartSettings(config, {
      cwd: '/project',
    });
    expect(settings).toEqual({
      data: { kind: 'churn', rows: 2000, seed: 42 },
      algorithm: 'random_forest',
      hyperparameters: {},
      testSize: 0.2,
      folds: 5,
      seed: 42,
      experimentName: 'trial',
      modelName: 'churn',
      isConfiguredName: true,
      folders: {
        data: '/project/data',
        input: '/project/batch/input',
        output: '/project/batch/output',
        archive: '/project/batch/archive',
      },
      ledgerPath: '/project/batch_ledger.db',
      batchRows: 10_000,
    });
    expect(configuration).toMatchObject({ mlflow: { model_name: 'churn' } });
    const { staging, production } = gatesFor('regression');
    expect([...staging, ...production].map(({ threshold }) => threshold)).toEqual([0.5, 0.6]);
  });

  it.each([
    [{ sample: { kind: 'regression', rows: 100, seed: 1 } }, 'regression', false],
    [{ own: { path: '/data/iris.csv', target: 'species' } }, 'iris', false],
    [{ own: { path: '/data/iris.csv', target: 'species' }, name: 'flowers' }, 'flowers', false],
    [{ own: { path: '/data/churn.csv', target: 'churn' } }, 'churn', true],
    [{ name: 'mine' }, 'mine', false],
  ] as const)('keeps any other table under its own name: %j', (request, name, isConfiguredName) => {
    const settings = quickstartSettings(config, { cwd: '/project', ...request });
    expect(settings).toMatchObject({ experimentName: name, modelName: name, isConfiguredName });
  });

  it('learns from the file that is named, and never guesses its target', () => {
    const own = { path: '/data/iris.csv', target: 'species' };
    const { data } = quickstartSettings(config, { cwd: '/project', own });
    expect(data).toEqual({ kind: 'own', source: { path: '/data/iris.csv' }, target: 'species' });
    const without = () => quickstartSettings(config, { cwd: '/', own: { path: 'iris.csv' } });
    expect(without).toThrow(SettingMissingError);
    expect(without).toThrow('Name the column of iris.csv that is to be predicted.');
  });
});

describe('learningSettings', () => {
  it('leaves the data and the names out', () => {
    expect(Object.keys(learningSettings(parseConfig(''))).sort()).toEqual([
      'algorithm',
      'configuration',
      'folds',
      'hyperparameters',
      'seed',
      'testSize',
    ]);
  });
});

describe('trainingSettings', () => {
  const yaml = `
model: {algorithm: random_forest, hyperparameters: {n_estimators: 50}}
training: {test_size: 0.3, cv_folds: 4, random_state: 7}
mlflow: {gnu_mlflow_config: trial, model_name: churn}
data: {local_path: data/churn.csv, target: churn, features: [age, plan]}
`;
  const config = parseConfig(yaml, { env: { DATABRICKS_TOKEN: 'hunter2' } });

  it('turns the configuration into the options of a training', () => {
    const { configuration, ...settings } = trainingSettings(config, { cwd: '/project' });
    expect(settings).toEqual({
      source: { path: '/project/data/churn.csv' },
      target: 'churn',
      features: ['age', 'plan'],
      algorithm: 'random_forest',
      hyperparameters: { n_estimators: 50 },
      testSize: 0.3,
      folds: 4,
      seed: 7,
      experimentName: 'trial',
      modelName: 'churn',
    });
    expect(configuration).toMatchObject({ training: { cv_folds: 4 } });
    expect(JSON.stringify(configuration)).not.toContain('hunter2');
  });

  it('lets the caller name another file and target, whose features are then not configured', () => {
    const settings = trainingSettings(config, { cwd: '/project', dataPath: 'b.csv', target: 'y' });
    expect(settings).toMatchObject({ source: { path: '/project/b.csv' }, target: 'y' });
    expect(settings).not.toHaveProperty('features');
  });

  it('starts another algorithm with its own defaults', () => {
    const other = { cwd: '/', algorithm: 'logistic_regression' };
    expect(trainingSettings(config, other).hyperparameters).toEqual({});
    expect(
      trainingSettings(config, { ...other, hyperparameters: { C: 2 } }).hyperparameters,
    ).toEqual({ C: 2 });
    const same = { cwd: '/', hyperparameters: { max_depth: 3 } };
    expect(trainingSettings(config, same).hyperparameters).toEqual({
      n_estimators: 50,
      max_depth: 3,
    });
  });

  it('takes a hyperparameter of the caller over a configured one of another name', () => {
    const boosted = parseConfig(`
model: {algorithm: xgboost, hyperparameters: {learning_rate: 0.1, max_depth: 4}}
data: {local_path: churn.csv, target: churn}
`);
    const overrides = { cwd: '/', hyperparameters: { eta: 0.3 } };
    expect(trainingSettings(boosted, overrides).hyperparameters).toEqual({
      max_depth: 4,
      eta: 0.3,
    });
  });

  it('throws RUNTIME_SETTING_MISSING naming setting and variable; nothing is guessed', () => {
    const without = (data: string) => () => trainingSettings(parseConfig(data), { cwd: '/' });
    expect(without('data: {target: y}')).toThrow(SettingMissingError);
    expect(without('data: {target: y}')).toThrow('data.local_path is not set');
    expect(without('data: {local_path: a.csv}')).toThrow('or set GNU_MLOPS_DATA_TARGET.');
  });

  it('hands the validation share to an algorithm that stops early', () => {
    const config = parseConfig('model: {algorithm: lightgbm}\ntraining: {validation_size: 0.15}');
    const settings = trainingSettings(config, { cwd: '/', dataPath: 'a.csv', target: 'y' });
    expect(settings.hyperparameters).toEqual({ validation_fraction: 0.15 });
  });

  it('has a network stop early by the validation share', () => {
    const text = 'model: {algorithm: neural_network}\ntraining: {validation_size: 0.15}';
    const settings = trainingSettings(parseConfig(text), {
      cwd: '/',
      dataPath: 'a.csv',
      target: 'y',
    });
    expect(settings.hyperparameters).toEqual({ validation_fraction: 0.15, early_stopping: true });
  });

  it('throws RUNTIME_SETTING_UNSUPPORTED for what nothing here does', () => {
    const validation = parseConfig('training: {validation_size: 0.1}');
    try {
      trainingSettings(validation, { cwd: '/', dataPath: 'a.csv', target: 'y' });
      expect.unreachable();
    } catch (error) {
      expect(isGnuMlopsError(error) && error.code).toBe('RUNTIME_SETTING_UNSUPPORTED');
    }
  });
});
