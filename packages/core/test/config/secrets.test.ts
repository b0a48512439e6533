import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  ConfigSecretInFileError,
  createSecret,
  isSecret,
  isSecretName,
  parseConfig,
  redactConfig,
  redactText,
} from '../../src/config/config.ts';

const hidden = 'hunter2-hunter2';

describe('a secret', () => {
  const secret = createSecret(hidden);

  it('is revealed only when asked', () => {
    expect(secret.reveal()).toBe(hidden);
  });

  it('does not print by accident', () => {
    const holder = { config: { token: secret } };
    const printed = [
      String(secret),
      `${secret}`,
      secret + '',
      JSON.stringify(holder),
      JSON.stringify({ ...secret }),
      inspect(holder, { depth: 9 }),
      inspect(holder, { showHidden: true, customInspect: false, depth: 9 }),
      inspect(Object.getOwnPropertyDescriptors(secret), { depth: 9 }),
      new Error('failed', { cause: secret }).toString(),
    ];
    for (const text of printed) expect(text).not.toContain(hidden);
    expect(printed[3]).toBe('{"config":{"token":"[redacted]"}}');
    expect(printed[5]).toContain('token: [redacted]');
  });

  it('cannot be posted to another thread or changed', () => {
    expect(() => structuredClone(secret)).toThrow();
    expect(Object.isFrozen(secret)).toBe(true);
  });

  it('is known by isSecret, a look-alike is not', () => {
    expect(isSecret(secret)).toBe(true);
    expect(isSecret({ reveal: () => hidden })).toBe(false);
    expect(isSecret(null)).toBe(false);
  });
});

describe('a file that holds a secret', () => {
  it.each([
    [
      'databricks:\n  host: h\n  token: hunter2-hunter2\n',
      'c.yaml:3:3: databricks.token holds a sec',
    ],
    [
      'databricks: {client_secret: hunter2-hunter2}',
      'environment variable DATABRICKS_CLIENT_SECRET',
    ],
    ['databricks: {token: "${A}hunter2-hunter2"}', 'environment variable DATABRICKS_TOKEN'],
    ['smtp: {password: hunter2-hunter2}', 'smtp.password holds a secret'],
    ['model: {hyperparameters: {apiKey: hunter2-hunter2}}', 'apiKey holds a secret'],
    ['password: [hunter2-hunter2]', 'password[0] holds a secret'],
    ['secret: {value: hunter2-hunter2}', 'secret.value holds a secret'],
    ['databricks: {token: 123456}', 'databricks.token holds a secret'],
    ['mlflow: {tracking_uri: "http://me:hunter2-hunter2@h"}', 'variable MLFLOW_TRACKING_URI'],
    ['mlflow: {tracking_uri: "http://hunter2-hunter2@${H}"}', 'variable MLFLOW_TRACKING_URI'],
  ])('throws CONFIG_SECRET_IN_FILE without showing it: %s', (yaml, message) => {
    const parse = () => parseConfig(yaml, { path: 'c.yaml', env: { A: 'a', H: 'h' } });
    expect(parse).toThrow(ConfigSecretInFileError);
    expect(parse).toThrow(message);
    expect(parse).not.toThrow(hidden);
  });

  it.each([
    'databricks: {token: "${T}"}',
    'databricks:\n  token:\n',
    'mlflow: {tracking_uri: "http://me:${T}@h"}',
    'mlflow: {tracking_uri: "sqlite:////home/me@work/mlflow.db"}',
  ])('is not one that only refers to the environment: %s', (yaml) => {
    expect(parseConfig(yaml, { env: { T: hidden } })).toBeDefined();
  });

  it.each([
    'a: b: hunter2-hunter2',
    'token: @hunter2-hunter2',
    '{}}hunter2-hunter2',
    'k: "hunter2-hunter2',
  ])('does not show it when it is no YAML either: %s', (yaml) => {
    expect(() => parseConfig(yaml)).not.toThrow('hunter2');
    expect(() => parseConfig(yaml)).toThrow(/^config\.yaml:1:\d+: it is not valid YAML/);
  });
});

describe('redactConfig', () => {
  it('hides every secret and gives plain JSON', () => {
    const config = parseConfig('', {
      env: {
        DATABRICKS_TOKEN: hidden,
        DATABRICKS_CLIENT_SECRET: hidden,
        MLFLOW_TRACKING_URI: `https://me:${hidden}@mlflow.example.com/x`,
        GNU_MLOPS_MODEL_HYPERPARAMETERS_API_KEY: hidden,
      },
    });
    const redacted = redactConfig(config);
    expect(JSON.stringify(redacted)).not.toContain('hunter2');
    expect(structuredClone(redacted)).toMatchObject({
      databricks: { token: '[redacted]', client_secret: '[redacted]', catalog: 'main' },
      mlflow: { tracking_uri: 'https://[redacted]@mlflow.example.com/x' },
      model: { hyperparameters: { api_key: '[redacted]' } },
      training: { test_size: 0.2 },
    });
  });
});

describe('isSecretName', () => {
  it('knows the usual names in every spelling', () => {
    const names = ['token', 'client_secret', 'clientSecret', 'API_KEY', 'apikey', 'smtp-password'];
    expect(names.filter(isSecretName)).toEqual(names);
    for (const name of ['tokenizer', 'key', 'target', 'max_tokens', 'secretary', 'C']) {
      expect(isSecretName(name)).toBe(false);
    }
  });
});

describe('redactText', () => {
  it('gets through a long hostile text', () => {
    for (const piece of ['a-', 'a', 'a://', 'Bearer ', ' ', 'token']) {
      const text = piece.repeat(200_000 / piece.length);
      expect(redactText(text).length).toBeLessThanOrEqual(text.length * 2);
    }
  });

  it.each([
    ['at https://me:hunter2@host/path', 'at https://[redacted]@host/path'],
    ['postgres://hunter2@host', 'postgres://[redacted]@host'],
    ['Authorization: Bearer hunter2hunter2', 'Authorization: Bearer [redacted]'],
    ['dapi0123456789abcdef0123456789abcdef said no', '[redacted] said no'],
    [`gnu_mlops_0123456789ab_${'aZ_-9'.repeat(9).slice(0, 43)} said no`, '[redacted] said no'],
    ['?user=a&access_token=hunter2&b=1', '?user=a&access_token=[redacted]&b=1'],
    ['{"password":"hunter2","a":1}', '{"password":"[redacted]","a":1}'],
    ["{ client_secret: 'hunter2' }", "{ client_secret: '[redacted]' }"],
  ])('of %j', (text, redacted) => {
    expect(redactText(text)).toBe(redacted);
    expect(redactText(redacted)).toBe(redacted);
  });

  it.each([
    'Row 3, column "total": "x" is not a number.',
    'sqlite:///mlflow.db',
    'https://host/a?b=c#me@here',
    'mail me@example.com',
    'c.yaml:3:3: databricks.token holds a secret, which does not belong in a file.',
  ])('leaves %j as it is', (text) => {
    expect(redactText(text)).toBe(text);
  });
});
