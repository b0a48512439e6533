import { describe, expect, it } from 'vitest';
import { SHARED_VARIABLES, configSchema, parseConfig } from '../../src/config/config.ts';
import {
  leafPaths,
  settingOfVariable,
  variableOf,
} from '../../src/config/environment-variables.ts';
import { rootSetting, settingAt } from '../../src/config/setting-node.ts';

const parse = (env: Record<string, string>, yaml = '') => parseConfig(yaml, { env });

describe('variables of other tools', () => {
  it('set the settings they stand for, over the file', () => {
    const config = parse(
      {
        MLFLOW_TRACKING_URI: 'sqlite:///other.db',
        MLFLOW_EXPERIMENT_NAME: 'trial',
        DATABRICKS_HOST: 'https://db.example.com',
        DATABRICKS_TOKEN: 'abc',
        DATABRICKS_CATALOG: 'ml',
        DATABRICKS_SCHEMA: 'churn',
      },
      'mlflow:\n  tracking_uri: sqlite:///mlflow.db\n',
    );
    expect(config.mlflow).toMatchObject({
      tracking_uri: 'sqlite:///other.db',
      gnu_mlflow_config: 'trial',
    });
    expect(config.databricks).toMatchObject({
      host: 'https://db.example.com',
      catalog: 'ml',
      schema: 'churn',
    });
    expect(config.databricks.token?.reveal()).toBe('abc');
  });

  it('all name a setting that there is', () => {
    const root = rootSetting();
    for (const path of SHARED_VARIABLES.values()) expect(settingAt(root, path)).toBeDefined();
  });

  it('give way to the general variable of the same setting', () => {
    const { mlflow } = parse({
      MLFLOW_TRACKING_URI: 'sqlite:///a.db',
      GNU_MLOPS_MLFLOW_TRACKING_URI: 'sqlite:///b.db',
    });
    expect(mlflow.tracking_uri).toBe('sqlite:///b.db');
  });

  it('count as not set when empty', () => {
    expect(parse({ MLFLOW_TRACKING_URI: '' }).mlflow.tracking_uri).toBe('sqlite:///mlflow.db');
  });
});

describe('general variables', () => {
  it('are read as the schema wants the setting', () => {
    const config = parse({
      GNU_MLOPS_TRAINING_TEST_SIZE: ' 0.25 ',
      GNU_MLOPS_TRAINING_CV_FOLDS: '10',
      GNU_MLOPS_RETRAINING_ENABLED: 'TRUE',
      GNU_MLOPS_BATCH_INFERENCE_ARCHIVE_INPUT: '0',
      GNU_MLOPS_DATA_TARGET: '42',
      GNU_MLOPS_DEPLOYMENT_COMPUTE_CONFIG_WORKLOAD_SIZE: 'Large',
    });
    expect(config.training).toMatchObject({ test_size: 0.25, cv_folds: 10 });
    expect(config.retraining.enabled).toBe(true);
    expect(config.batch_inference.archive_input).toBe(false);
    expect(config.data.target).toBe('42');
    expect(config.deployment.compute_config.workload_size).toBe('Large');
  });

  it.each([
    ['age, plan', ['age', 'plan']],
    ['age', ['age']],
    ['["a, b", "c"]', ['a, b', 'c']],
  ])('a list may be %j', (text, features) => {
    expect(parse({ GNU_MLOPS_DATA_FEATURES: text }).data.features).toEqual(features);
  });

  it('a list of sections, and a section, are JSON', () => {
    const config = parse({
      GNU_MLOPS_DEPLOYMENT_THRESHOLDS_STAGING: '[{"metric": "f1", "threshold": 0.5}]',
      GNU_MLOPS_DEPLOYMENT_COMPUTE_CONFIG: '{"workload_size": "Medium"}',
    });
    expect(config.deployment.thresholds.staging).toEqual([
      { metric: 'f1', threshold: 0.5, direction: 'at_least' },
    ]);
    expect(config.deployment.compute_config.workload_size).toBe('Medium');
  });

  it('reach one hyperparameter, its case that of the file, its type as JSON', () => {
    const { model } = parse(
      {
        GNU_MLOPS_MODEL_HYPERPARAMETERS_MAX_DEPTH: '7',
        GNU_MLOPS_MODEL_HYPERPARAMETERS_C: '0.5',
        GNU_MLOPS_MODEL_HYPERPARAMETERS_MAX_FEATURES: 'sqrt',
        GNU_MLOPS_MODEL_HYPERPARAMETERS_BOOTSTRAP: 'false',
      },
      'model:\n  hyperparameters:\n    C: 1\n    max_depth: 3\n    alpha: 2\n',
    );
    expect(model.hyperparameters).toEqual({
      C: 0.5,
      max_depth: 7,
      alpha: 2,
      max_features: 'sqrt',
      bootstrap: false,
    });
  });

  it('say null where it is a value, of a variable and of a reference', () => {
    const variable = { GNU_MLOPS_MODEL_HYPERPARAMETERS_MAX_DEPTH: 'null' };
    const limited = 'model:\n  hyperparameters:\n    max_depth: 5\n';
    expect(parseConfig(limited, { env: variable }).model.hyperparameters).toEqual({
      max_depth: null,
    });
    const referring = 'model:\n  hyperparameters:\n    max_depth: ${DEPTH}\n';
    expect(parseConfig(referring, { env: { DEPTH: 'null' } }).model.hyperparameters).toEqual({
      max_depth: null,
    });
    expect(() => parseConfig('', { env: { GNU_MLOPS_TRAINING_TEST_SIZE: 'null' } })).toThrow(
      'is "null"; expected a number',
    );
  });

  it('throw CONFIG_INVALID_VALUE for JSON that nests more deeply than any setting', () => {
    const depth = 50_000;
    const text = `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(() => parseConfig('', { env: { GNU_MLOPS_MODEL_HYPERPARAMETERS: text } })).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID_VALUE' }),
    );
  });

  it('can replace all hyperparameters at once', () => {
    const { model } = parse(
      { GNU_MLOPS_MODEL_HYPERPARAMETERS: '{"alpha": 1}' },
      'model:\n  hyperparameters:\n    max_depth: 3\n',
    );
    expect(model.hyperparameters).toEqual({ alpha: 1 });
  });

  it('throw CONFIG_INVALID_VALUE naming the variable', () => {
    expect(() => parse({ GNU_MLOPS_TRAINING_CV_FOLDS: 'many' })).toThrow(
      'environment variable GNU_MLOPS_TRAINING_CV_FOLDS: training.cv_folds is "many"; expected a whole',
    );
    expect(() => parse({ GNU_MLOPS_DEPLOYMENT_COMPUTE_CONFIG: '{oops' })).toThrow(
      'deployment.compute_config is "{oops"; expected a section',
    );
  });

  it('throw CONFIG_UNKNOWN_VARIABLE naming the nearest one', () => {
    expect(() => parse({ GNU_MLOPS_TRAINING_TEST_SISE: '1' })).toThrow(
      'GNU_MLOPS_TRAINING_TEST_SISE: it names no setting. Did you mean GNU_MLOPS_TRAINING_TEST_SIZE?',
    );
    expect(() => parse({ GNU_MLOPS_TRAINNG_TEST_SIZE: '1' })).toThrow(
      'GNU_MLOPS_TRAINING_TEST_SIZE',
    );
  });

  it('throw CONFIG_UNKNOWN_VARIABLE listing those of the section when none is near', () => {
    expect(() => parse({ GNU_MLOPS_DATA_ENCODING_OF_THE_FILE: 'utf8' })).toThrow(
      /Those of its section are GNU_MLOPS_DATA_SOURCE, .*GNU_MLOPS_DATA_TARGET\b/,
    );
  });

  it('are left alone where they belong to no section', () => {
    expect(parse({ GNU_MLOPS_CONFIG: 'x', GNU_MLOPS_LOG_LEVEL: 'debug' })).toEqual(
      configSchema.parse({}),
    );
  });
});

describe('a key that begins with the name of another', () => {
  const text = { type: 'string' };
  const root = {
    properties: { job: { properties: { name: text } }, job_name: text, job_size: text },
  };

  it('is found where the other has no such key', () => {
    expect(settingOfVariable('GNU_MLOPS_JOB_SIZE', root)).toEqual({ path: ['job_size'] });
    expect(settingOfVariable('GNU_MLOPS_JOB_NAME', root)).toEqual({ path: ['job', 'name'] });
  });
});

describe('every setting', () => {
  const root = rootSetting();
  const paths = leafPaths(root);

  it('has a variable of its own that leads back to it', () => {
    expect(paths.length).toBeGreaterThan(40);
    for (const path of paths) {
      expect(settingOfVariable(variableOf(path), root)).toEqual({ path });
    }
  });
});
