import { writeFileSync } from 'node:fs';
import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { registryEnvironment } from '../src/registry-environment.ts';

const user = { MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_PASSWORD: 'x' };

it.each([
  [{}, {}],
  [user, { username: 'ada', password: 'x' }],
  [{ MLFLOW_TRACKING_USERNAME: 'ada' }, {}],
  [{ ...user, MLFLOW_TRACKING_PASSWORD: '', MLFLOW_TRACKING_TOKEN: 't' }, { token: 't' }],
  [{ MLFLOW_TRACKING_INSECURE_TLS: 'true' }, { tls: { verification: 'off' } }],
  [{ MLFLOW_TRACKING_INSECURE_TLS: 'false' }, {}],
])('reads %j as MLflow does', async (env, options) => {
  expect(await registryEnvironment(env)).toEqual(options);
});

it('reads the authority from the file that is named', async () => {
  const path = `${temporaryFolder()}/ca.pem`;
  writeFileSync(path, 'PEM');
  const env = { MLFLOW_TRACKING_SERVER_CERT_PATH: path };
  expect(await registryEnvironment(env)).toEqual({ tls: { ca: 'PEM' } });
  const both = { ...env, MLFLOW_TRACKING_INSECURE_TLS: '1' };
  await expectCode(registryEnvironment(both), 'RUNTIME_SETTING_UNSUPPORTED', 'one of them');
});

it('throws RUNTIME_SETTING_UNSUPPORTED naming a file that is not there', async () => {
  const path = `${temporaryFolder()}/nothing.pem`;
  const env = { MLFLOW_TRACKING_SERVER_CERT_PATH: path };
  await expectCode(registryEnvironment(env), 'RUNTIME_SETTING_UNSUPPORTED', path);
});
