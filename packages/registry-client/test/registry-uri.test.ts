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
  'http://localhost:5000',
  'https://mlflow.example.org',
  'databricks',
  'databricks-uc',
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

it('repeats no credentials', () => {
  const uri = 'postgresql://admin:hunter2@db.example.org/mlflow?token=hunter2';
  expect(() => parseRegistryUri(uri)).toThrow(
    expect.objectContaining({ message: expect.not.stringMatching(/admin|hunter2/) as string }),
  );
});
