import { mkdirSync, writeFileSync } from 'node:fs';
import { parseConfig } from '@gnu-mlops/core/config';
import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { databricksRegistryOptions } from '../src/databricks-registry.ts';
import { openConfiguredRegistry } from '../src/open-configured-registry.ts';

const file = `
# written by hand
[DEFAULT]
host = https://default.example
token = dapi-default

[prod]
HOST: https://prod.example
client_id = principal
client_secret = s=cr:et ; not a comment

[half]
host = https://half.example
; token = dapi-commented-out

[cli]
host = https://cli.example
auth_type = databricks-cli
`;

function homeWith(text: string = file): string {
  const home = temporaryFolder();
  writeFileSync(`${home}/.databrickscfg`, text);
  return home;
}

function options(env: Record<string, string>, profile?: string) {
  const { databricks } = parseConfig('', { env });
  return databricksRegistryOptions({ databricks, profile, env });
}

describe('which workspace, and as whom', () => {
  it.each([
    [{}, undefined, 'https://default.example', { token: 'dapi-default' }],
    [
      {},
      'prod',
      'https://prod.example',
      { clientId: 'principal', clientSecret: 's=cr:et ; not a comment' },
    ],
    [
      { DATABRICKS_CONFIG_PROFILE: 'prod', DATABRICKS_TOKEN: 'dapi-env' },
      undefined,
      'https://prod.example',
      { token: 'dapi-env' },
    ],
    [
      { DATABRICKS_HOST: 'https://env.example', DATABRICKS_TOKEN: 'dapi-env' },
      undefined,
      'https://env.example',
      { token: 'dapi-env' },
    ],
    [
      {
        DATABRICKS_HOST: 'https://env.example',
        DATABRICKS_CLIENT_ID: 'a',
        DATABRICKS_CLIENT_SECRET: 'b',
      },
      undefined,
      'https://env.example',
      { clientId: 'a', clientSecret: 'b' },
    ],
    [
      { DATABRICKS_HOST: 'https://env.example', DATABRICKS_TOKEN: 'dapi-env' },
      'DEFAULT',
      'https://default.example',
      { token: 'dapi-default' },
    ],
  ])('with %j and profile %j: %s', async (env, profile, host, credentials) => {
    const found = await options({ HOME: homeWith(), ...env }, profile);
    expect(found).toMatchObject({ host, credentials, catalog: 'main', schema: 'default' });
  });

  it('takes the default profile that the file sets, and the file that is named', async () => {
    const path = `${temporaryFolder()}/cfg`;
    writeFileSync(path, `${file}\n[__settings__]\ndefault_profile = prod\n`);
    const found = await options({ DATABRICKS_CONFIG_FILE: path });
    expect(found.host).toBe('https://prod.example');
    const home = temporaryFolder();
    mkdirSync(`${home}/deep`);
    writeFileSync(`${home}/deep/cfg`, file);
    const env = { HOME: home, DATABRICKS_CONFIG_FILE: '~/deep/cfg' };
    expect((await options(env, 'prod')).host).toBe('https://prod.example');
  });

  it('speaks the dialect that MLflow would', async () => {
    const env = { HOME: homeWith(), MLFLOW_ENABLE_UC_NATIVE_MODEL_REGISTRY: 'true' };
    expect((await options(env)).dialect).toBe('native');
  });
});

describe('what is missing', () => {
  it('is said by name, without a secret', async () => {
    const nobody = { HOME: temporaryFolder() };
    await expectCode(options(nobody), 'RUNTIME_SETTING_MISSING', 'databricks.host');
    const HOME = homeWith();
    await expectCode(options({ HOME }, 'half'), 'RUNTIME_SETTING_MISSING', 'databricks.token');
    await expectCode(options({ HOME }, 'cli'), 'RUNTIME_SETTING_UNSUPPORTED', 'databricks-cli');
    await expectCode(
      options({ HOME }, 'nope'),
      'RUNTIME_SETTING_UNSUPPORTED',
      /no profile "nope".*DEFAULT, prod, half, cli/,
    );
    await expectCode(options(nobody, 'prod'), 'RUNTIME_SETTING_UNSUPPORTED', 'databrickscfg');
    const host = { ...nobody, DATABRICKS_HOST: 'https://env.example' };
    await expectCode(options(host), 'RUNTIME_SETTING_MISSING', 'DATABRICKS_TOKEN');
  });
});

it('opens the registry of a profile, whose URI has nothing secret', async () => {
  const env = { HOME: homeWith() };
  const mlflow = { tracking_uri: 'databricks-uc://prod' };
  const registry = await openConfiguredRegistry({ mlflow }, { cwd: env.HOME, env });
  expect(registry.uri).toBe('databricks-uc://prod');
  await registry.close();
});
