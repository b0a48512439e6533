import type { Config } from '@gnu-mlops/core/config';
import type { Warehouse, WorkspaceOptions } from '@gnu-mlops/data';
import { openDatabricksWorkspace } from '@gnu-mlops/data';
import { SettingMissingError } from './errors.ts';

/**
 * Which workspace to ask, and as whom: a service principal where its id is configured, else a token.
 *
 * @throws {SettingMissingError} naming what is not set.
 */
export function workspaceSettings({ databricks }: Pick<Config, 'databricks'>): WorkspaceOptions {
  const { host } = databricks;
  if (host === undefined) {
    throw new SettingMissingError(
      'databricks.host',
      'there are many workspaces',
      'Set DATABRICKS_HOST, or name a profile of .databrickscfg.',
    );
  }
  return { host, credentials: credentials(databricks) };
}

/**
 * The warehouse that answers queries.
 *
 * @throws {SettingMissingError} naming what is not set.
 */
export function warehouseSettings(config: Pick<Config, 'databricks'>): Warehouse {
  const workspace = openDatabricksWorkspace(workspaceSettings(config));
  const { http_path: httpPath, use_cloud_fetch: isCloudFetched } = config.databricks;
  if (httpPath === undefined) {
    throw new SettingMissingError('databricks.http_path', 'a SQL warehouse reads tables');
  }
  return { workspace, httpPath, cloudFetch: isCloudFetched ? 'allowed' : 'off' };
}

function credentials(databricks: Config['databricks']): WorkspaceOptions['credentials'] {
  const { client_id: clientId, client_secret: secret, token } = databricks;
  if (clientId !== undefined && secret !== undefined) {
    return { clientId, clientSecret: secret.reveal() };
  }
  if (token !== undefined) return { token: token.reveal() };
  throw new SettingMissingError(
    clientId === undefined ? 'databricks.token' : 'databricks.client_secret',
    'nobody may read without credentials',
    'Set DATABRICKS_TOKEN, or DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET, in the environment, or name a profile of .databrickscfg that has them.',
  );
}
