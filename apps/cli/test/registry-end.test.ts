import { expect, it } from 'vitest';
import { registryEnd } from '../src/registry-end.ts';

const env = {
  MLFLOW_TRACKING_TOKEN: 'ours',
  MLFLOW_TRACKING_TOKEN_TO: 'theirs',
  DATABRICKS_HOST: 'https://workspace',
};

it('gives the configured server its credentials', () => {
  const configured = { trackingUri: 'https://ours', env };
  expect(registryEnd('https://ours', env, { uri: undefined, end: 'to' })).toEqual(configured);
  expect(registryEnd('https://ours', env, { uri: 'https://ours', end: 'to' })).toEqual(configured);
});

it('gives a server that is named only what is meant for it', () => {
  const to = registryEnd('https://ours', env, { uri: 'https://theirs', end: 'to' });
  expect(to.trackingUri).toBe('https://theirs');
  expect(to.env).toMatchObject({
    MLFLOW_TRACKING_TOKEN: 'theirs',
    DATABRICKS_HOST: 'https://workspace',
  });
  const from = registryEnd('https://ours', env, { uri: 'https://theirs', end: 'from' });
  expect(from.env['MLFLOW_TRACKING_TOKEN']).toBeUndefined();
});
