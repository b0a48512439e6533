import { writeFileSync } from 'node:fs';
import { type Config, parseConfig } from '@gnu-mlops/core/config';
import type { OpenedSource } from '@gnu-mlops/pipeline';
import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { configuredSource } from '../src/configured-source.ts';
import { warehouseSettings, workspaceSettings } from '../src/databricks-settings.ts';
import { trainingSettings } from '../src/training-settings.ts';
import { withDatabricksProfile } from '../src/with-databricks-profile.ts';

const file = `
[DEFAULT]
host = https://default.example
token = dapi-default

[prod]
host = https://prod.example
client_id = principal
client_secret = hunter2-secret

[cli]
host = https://cli.example
auth_type = databricks-cli
`;

const yaml = `
data: {source: databricks, table_name: churn, target: churned}
databricks: {http_path: /sql/1}`;

/** The configuration of a table, completed in a home that has profiles, and of no profile at all. */
function completed(env: Record<string, string>, text = yaml): Promise<Config> {
  const HOME = temporaryFolder();
  writeFileSync(`${HOME}/.databrickscfg`, file);
  const all = { HOME, ...env };
  return withDatabricksProfile(parseConfig(text, { env: all }), all);
}

describe('rows of Databricks', () => {
  it.each([
    [{}, 'https://default.example', { token: 'dapi-default' }],
    [
      { DATABRICKS_CONFIG_PROFILE: 'prod' },
      'https://prod.example',
      { clientId: 'principal', clientSecret: 'hunter2-secret' },
    ],
    [
      { DATABRICKS_CONFIG_PROFILE: 'prod', DATABRICKS_TOKEN: 'dapi-env' },
      'https://prod.example',
      { token: 'dapi-env' },
    ],
    [
      { DATABRICKS_HOST: 'https://env.example', DATABRICKS_TOKEN: 'dapi-env' },
      'https://env.example',
      { token: 'dapi-env' },
    ],
  ])('are read with %j from %s', async (env, host, credentials) => {
    const config = await completed(env);
    expect(workspaceSettings(config)).toEqual({ host, credentials });
    expect(warehouseSettings(config).httpPath).toBe('/sql/1');
    const { from } = configuredSource(config, { cwd: '/' }) as OpenedSource;
    expect(from.uri).toBe(`databricks://${new URL(host).host}/main.default.churn`);
    expect(trainingSettings(config, { cwd: '/' }).target).toBe('churned');
    expect(JSON.stringify(config)).not.toMatch(/hunter2|dapi/);
  });

  it('are nobody’s where no profile says who asks', async () => {
    const host = { HOME: temporaryFolder(), DATABRICKS_HOST: 'https://env.example' };
    const config = await completed(host);
    expect(() => workspaceSettings(config)).toThrow(
      expect.objectContaining({ code: 'RUNTIME_SETTING_MISSING', setting: 'databricks.token' }),
    );
    const nobody = await completed({ HOME: temporaryFolder() });
    expect(() => workspaceSettings(nobody)).toThrow(/DATABRICKS_HOST.*profile/);
  });

  it('are refused under a profile that is not there, or signs in another way', async () => {
    const named = (DATABRICKS_CONFIG_PROFILE: string) => completed({ DATABRICKS_CONFIG_PROFILE });
    await expectCode(named('nope'), 'RUNTIME_SETTING_UNSUPPORTED', 'no profile "nope"');
    await expectCode(named('cli'), 'RUNTIME_SETTING_UNSUPPORTED', 'databricks-cli');
  });
});

it('leaves other configurations as they are, whatever the profiles', async () => {
  const env = { DATABRICKS_CONFIG_PROFILE: 'nope' };
  const config = await completed(env, 'data: {source: local, local_path: a.csv}');
  expect(config.databricks).toEqual({
    catalog: 'main',
    schema: 'default',
    use_cloud_fetch: true,
  });
});
