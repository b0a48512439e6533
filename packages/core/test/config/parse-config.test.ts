import { describe, expect, it } from 'vitest';
import {
  ConfigError,
  ConfigInvalidValueError,
  ConfigUnknownKeyError,
  ConfigVariableNotSetError,
  configSchema,
  isSecret,
  parseConfig,
} from '../../src/config/config.ts';

/** The error of a configuration that must be refused. */
function problemOf(yaml: string, env: Record<string, string> = {}): ConfigError {
  try {
    parseConfig(yaml, { path: 'c.yaml', env });
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return error as ConfigError;
  }
  throw new Error(`accepted: ${yaml}`);
}

describe('parseConfig', () => {
  it('fills every default in when there is nothing to read', () => {
    const config = parseConfig('');
    expect(config).toEqual(configSchema.parse({}));
    expect(config).toMatchObject({
      mlflow: { tracking_uri: 'sqlite:///mlflow.db' },
      model: { algorithm: 'random_forest', hyperparameters: {} },
      training: { test_size: 0.2, validation_size: 0, random_state: 42, cv_folds: 5 },
      batch_inference: { batch_size: 10_000, model_stage: 'GNU_Production' },
    });
    expect(config.data).not.toHaveProperty('target');
  });

  it('keeps what is written and fills in the rest of a section', () => {
    const { training } = parseConfig('training:\n  test_size: 0.3\n');
    expect(training).toMatchObject({ test_size: 0.3, cv_folds: 5 });
  });

  it('takes a key or section without a value as left out', () => {
    const config = parseConfig('training:\ndata:\n  features:\n  target: churn\n');
    expect(config.training.cv_folds).toBe(5);
    expect(config.data).toEqual({ source: 'local', target: 'churn' });
  });

  it('keeps null where it is a value: an unlimited depth', () => {
    const { model } = parseConfig('model:\n  hyperparameters:\n    max_depth: null\n');
    expect(model.hyperparameters).toEqual({ max_depth: null });
  });

  it('takes weights of classes, and the algorithms of an ensemble with their own hyperparameters', () => {
    const { model } = parseConfig(`
model:
  algorithm: stacking
  hyperparameters:
    class_weight: {no: 1, yes: 2.5}
    estimators:
      - {algorithm: neural_network, hyperparameters: {hidden_layer_sizes: [32, 16]}}
      - {algorithm: logistic_regression, hyperparameters: {class_weight: {yes: 2}}}
    final_estimator: {algorithm: ridge, hyperparameters: {alpha: 10}}
`);
    expect(model.hyperparameters).toEqual({
      class_weight: { no: 1, yes: 2.5 },
      estimators: [
        { algorithm: 'neural_network', hyperparameters: { hidden_layer_sizes: [32, 16] } },
        { algorithm: 'logistic_regression', hyperparameters: { class_weight: { yes: 2 } } },
      ],
      final_estimator: { algorithm: 'ridge', hyperparameters: { alpha: 10 } },
    });
  });

  it('takes hyperparameters of any name, scalar or list', () => {
    const { model } = parseConfig('model: {hyperparameters: {C: 0.5, sizes: [1, 2], mode: fast}}');
    expect(model.hyperparameters).toEqual({ C: 0.5, sizes: [1, 2], mode: 'fast' });
  });
});

describe('thresholds', () => {
  it('are accuracy and r2 by default, higher for production', () => {
    expect(parseConfig('').deployment.thresholds).toEqual({
      staging: [
        { metric: 'accuracy', threshold: 0.7, direction: 'at_least' },
        { metric: 'r2', threshold: 0.5, direction: 'at_least' },
      ],
      production: [
        { metric: 'accuracy', threshold: 0.8, direction: 'at_least' },
        { metric: 'r2', threshold: 0.6, direction: 'at_least' },
      ],
    });
  });

  const staging = (items: string) => `deployment: {thresholds: {staging: [${items}]}}`;

  it('take the direction in which their metric is better', () => {
    const { thresholds } = parseConfig(
      staging('{metric: log_loss, threshold: 0.5}, {metric: f1, threshold: 0.6}'),
    ).deployment;
    expect(thresholds.staging.map(({ direction }) => direction)).toEqual(['at_most', 'at_least']);
    expect(thresholds.production).toHaveLength(2);
  });

  it('keep a direction that is given, and need one for a metric of your own', () => {
    const own = staging('{metric: profit, threshold: 5, direction: at_least}');
    expect(parseConfig(own).deployment.thresholds.staging[0]).toEqual({
      metric: 'profit',
      threshold: 5,
      direction: 'at_least',
    });
    const problem = problemOf(staging('{metric: profit, threshold: 5}'));
    expect(problem.message).toContain('thresholds.staging[0].direction is missing');
  });

  it('name item, key and nearest key of a slip', () => {
    const problem = problemOf(staging('{metric: f1, treshold: 5}'));
    expect(problem.message).toContain('staging[0].threshold is missing; expected a number.');
    expect(problem.others[0]!.message).toContain(
      'unknown key "deployment.thresholds.staging[0].treshold". Did you mean "threshold"?',
    );
  });
});

describe('an unknown key', () => {
  it('throws CONFIG_UNKNOWN_KEY naming path, line, column and the nearest key', () => {
    const problem = problemOf('training:\n  cv_folds: 3\n  test_sise: 0.5\n');
    expect(problem).toBeInstanceOf(ConfigUnknownKeyError);
    expect(problem).toMatchObject({
      code: 'CONFIG_UNKNOWN_KEY',
      path: 'training.test_sise',
      origin: { kind: 'file', file: 'c.yaml', line: 3, column: 3 },
      message: 'c.yaml:3:3: unknown key "training.test_sise". Did you mean "test_size"?',
    });
  });

  it('lists the keys there are when none is near', () => {
    expect(problemOf('colour: red').message).toContain('The keys of the configuration are databr');
    expect(problemOf('training: {colour: red}').message).toContain(
      'The keys of training are test_size, validation_size, random_state, cv_folds, ',
    );
  });

  it.each(['__proto__: {a: 1}', 'constructor: 1', 'training: {toString: 1}', '<<: {training: 1}'])(
    'may look like a part of every object: %s',
    (yaml) => {
      expect(problemOf(yaml).code).toBe('CONFIG_UNKNOWN_KEY');
    },
  );

  it('is one also without a value', () => {
    expect(problemOf('colour:\ntraining: {shade: null}').others).toHaveLength(1);
  });

  it('never shows its value', () => {
    expect(problemOf('training: {colour: crimson}').message).not.toContain('crimson');
  });
});

describe('a wrong value', () => {
  it.each([
    ['training: {test_size: big}', 'training.test_size is "big"; expected a number of more than 0'],
    ['training: {test_size: 1}', 'is 1; expected a number of more than 0 and less than 1.'],
    ['training: {cv_folds: 1}', 'is 1; expected a whole number of at least 2 and at most 100.'],
    ['training: {cv_folds: 2.5}', 'is 2.5; expected a whole number'],
    ['training: {random_state: -1}', 'is -1; expected a whole number of at least 0'],
    ['training: {n_jobs: 0}', 'is 0; expected -1 or a whole number of at least 1.'],
    ['training: {random_state: [1]}', 'is a list; expected a whole number'],
    ['retraining: {interval_days: 0}', 'is 0; expected a whole number of at least 1.'],
    ['retraining: {enabled: yes}', 'retraining.enabled is "yes"; expected true or false.'],
    ['model: {algorithm: random_forrest}', '(did you mean "random_forest"?).'],
    [
      'model: {algorithm: 3}',
      'is 3; expected "random_forest", "lightgbm", "xgboost", "logistic_reg',
    ],
    ['model: {hyperparameters: {a: {b: {c: {d: {e: 1}}}}}}', 'model.hyperparameters.a'],
    ['mlflow: sqlite', 'mlflow is "sqlite"; expected a section with gnu_mlflow_config, model_name'],
    ['mlflow: {model_name: a/b}', 'expected a name of 1 to 250 characters without "/" and ":".'],
    ['mlflow: {tracking_uri: ""}', 'tracking_uri is ""; expected a text that is not empty.'],
    ['s3: {endpoint: "localhost:9000"}', 'expected a URL that begins with http:// or https://.'],
    ['data: {s3_uri: "https://b/k"}', 'is "https://b/k"; expected s3://bucket/key or s3://'],
    ['data: {volume_path: /data}', 'is "/data"; expected /Volumes/catalog/schema/volume/path or'],
    ['data: {features: a}', 'is "a"; expected a list that is not empty.'],
    ['data: {features: []}', 'is an empty list; expected a list that is not empty.'],
    ['data: {features: [a, 5]}', 'data.features[1] is 5; expected a text'],
    ['monitoring: {notification_email: me}', 'is "me"; expected an e-mail address.'],
    ['monitoring: {drift_alert: .inf}', 'drift_alert is Infinity; expected a number'],
    ['monitoring: {drift_alert: .nan}', 'drift_alert is NaN; expected a number'],
  ])('throws CONFIG_INVALID_VALUE for %s', (yaml, message) => {
    const problem = problemOf(yaml);
    expect(problem).toBeInstanceOf(ConfigInvalidValueError);
    expect(problem.message).toContain(message);
  });

  it('names file, line and column', () => {
    expect(problemOf('training:\n  # a share\n  test_size: 2\n')).toMatchObject({
      path: 'training.test_size',
      origin: { kind: 'file', file: 'c.yaml', line: 3, column: 3 },
    });
  });

  it('brings every other problem along', () => {
    const { others } = problemOf('training: {test_size: 2, cv_folds: 1}\ncolour: red', {
      GNU_MLOPS_DATA_TARGETT: 'x',
    });
    expect(others.map(({ code }) => code)).toEqual([
      'CONFIG_INVALID_VALUE',
      'CONFIG_UNKNOWN_KEY',
      'CONFIG_UNKNOWN_VARIABLE',
    ]);
  });

  it('is cut short and shown without credentials', () => {
    const long = problemOf('model: {algorithm: "' + 'x'.repeat(500) + '"}');
    expect(long.message.length).toBeLessThan(250);
    const uri = problemOf('', { GNU_MLOPS_MODEL_ALGORITHM: 'https://me:hunter2@host' });
    expect(uri.message).not.toContain('hunter2');
  });
});

describe('a reference to a variable', () => {
  it('is replaced by its text, read as the schema wants it', () => {
    const env = { TOKEN: 'abc', ROWS: '500', HOST: 'db.example.com' };
    const config = parseConfig(
      'databricks:\n  token: ${TOKEN}\n  host: https://${HOST}/\nbatch_inference:\n  batch_size: ${ROWS}\n',
      { env },
    );
    expect(isSecret(config.databricks.token)).toBe(true);
    expect(config.databricks.token?.reveal()).toBe('abc');
    expect(config.databricks.host).toBe('https://db.example.com/');
    expect(config.batch_inference.batch_size).toBe(500);
  });

  it('throws CONFIG_VARIABLE_NOT_SET naming variable, setting and line', () => {
    const problem = problemOf('data:\n  target: ${TARGET}\n', { TARGET: '' });
    expect(problem).toBeInstanceOf(ConfigVariableNotSetError);
    expect(problem).toMatchObject({ variable: 'TARGET', path: 'data.target' });
    expect(problem.message).toMatch(/^c\.yaml:2:3: data\.target refers to \$\{TARGET\}/);
  });
});
