import { expect, it } from 'vitest';
import { parseRegistryUri } from '../src/registry-uri.ts';

it.each([
  ['sqlite:///mlflow.db', 'mlflow.db'],
  ['sqlite:///data/mlflow.db', 'data/mlflow.db'],
  ['sqlite:////var/lib/mlflow.db', '/var/lib/mlflow.db'],
  ['sqlite:///C:/data/mlflow.db', 'C:/data/mlflow.db'],
  ['SQLITE:///my registry.db', 'my registry.db'],
])('reads %s as the file %s', (uri, path) => {
  expect(parseRegistryUri(uri)).toEqual({ kind: 'sqlite', path });
});

it.each([
  ['http://localhost:5000', 'http://localhost:5000', {}],
  ['HTTPS://MLflow.example.org/', 'https://mlflow.example.org', {}],
  ['https://host/a/b//', 'https://host/a/b', {}],
  ['http://ada:p%3Aw@host', 'http://host', { username: 'ada', password: 'p:w' }],
])('reads %s as the server %s', (uri, server, credentials) => {
  expect(parseRegistryUri(uri)).toEqual({ kind: 'http', server, credentials });
});

it.each([
  ['databricks', { flavor: 'databricks' }],
  ['databricks-uc', { flavor: 'databricks-uc' }],
  ['databricks://prod', { flavor: 'databricks', profile: 'prod' }],
  ['databricks-uc://my team.eu-1', { flavor: 'databricks-uc', profile: 'my team.eu-1' }],
])('reads %s as Databricks', (uri, location) => {
  expect(parseRegistryUri(uri)).toEqual({ kind: 'databricks', ...location });
});

it.each([
  'http://',
  'http://host:99999',
  'https://host/?token=x',
  'https://host/#x',
  'http://%zz:x@host',
  'databricks:',
  'databricks://',
  'databricks-uc://scope:prefix',
  'databricks://dapi@host',
  'postgresql://localhost/mlflow',
  'file:///mlruns',
  'mlflow.db',
  'C:/data/mlflow.db',
  '',
  'sqlite://',
  'sqlite:///',
  'sqlite:///:memory:',
  'sqlite:///folder/',
  'sqlite:///mlflow.db?mode=ro',
  'sqlite://host/mlflow.db',
])('refuses %j and says what is supported', (uri) => {
  expect(() => parseRegistryUri(uri)).toThrow(
    expect.objectContaining({
      code: 'REGISTRY_URI_UNSUPPORTED',
      message: expect.stringContaining('sqlite:///') as string,
    }),
  );
});

it.each([
  'postgresql://admin:hunter2@db.example.org/mlflow?token=hunter2',
  'https://admin:hunter2@host/mlflow?token=hunter2',
  'https://admin:hunter2@host:99999',
  'databricks://admin:hunter2',
])('repeats no credentials of %s', (uri) => {
  expect(() => parseRegistryUri(uri)).toThrow(
    expect.objectContaining({ message: expect.not.stringMatching(/admin|hunter2/) as string }),
  );
});
