import type { DatabricksOptions } from '@gnu-mlops/registry-client';
import { type DatabricksSources, findDatabricksWorkspace } from './databricks-workspace.ts';
import { SettingMissingError } from './errors.ts';

/**
 * The workspace of a registry URI `databricks` or `databricks-uc`, and who asks.
 *
 * @see findDatabricksWorkspace for where it is looked for.
 * @throws {SettingMissingError} naming what nobody says.
 * @throws {SettingUnsupportedError} for a profile that is not there or signs in another way.
 */
export async function databricksRegistryOptions(
  sources: DatabricksSources,
): Promise<DatabricksOptions> {
  const { catalog, schema } = sources.databricks;
  const isNative = /^(true|1)$/i.test(sources.env['MLFLOW_ENABLE_UC_NATIVE_MODEL_REGISTRY'] ?? '');
  const { host, credentials } = await findDatabricksWorkspace(sources);
  if (host === undefined) {
    throw new SettingMissingError(
      'databricks.host',
      'there are many workspaces',
      'Set DATABRICKS_HOST, or name a profile of .databrickscfg.',
    );
  }
  if (credentials === undefined) {
    throw new SettingMissingError(
      'databricks.token',
      'nobody may read without credentials',
      'Set DATABRICKS_TOKEN, or DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET, or name a profile of .databrickscfg that has them.',
    );
  }
  return {
    ...(catalog === undefined ? {} : { catalog }),
    ...(schema === undefined ? {} : { schema }),
    ...(isNative ? { dialect: 'native' as const } : {}),
    ...{ host, credentials },
  };
}
