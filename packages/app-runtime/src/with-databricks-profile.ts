import { type Config, createSecret } from '@gnu-mlops/core/config';
import { findDatabricksWorkspace } from './databricks-workspace.ts';
import type { Environment } from './registry-environment.ts';
import { isInWorkspace } from './workspace-path.ts';

/**
 * A configuration whose rows come from Databricks, with what a profile of `~/.databrickscfg` says of
 * the workspace, as registries read it; any other configuration as it is.
 *
 * @param named sources and outputs that somebody names beside the configuration, or does not.
 * @throws {SettingUnsupportedError} for a profile that is not there or signs in another way.
 */
export async function withDatabricksProfile(
  config: Config,
  env: Environment,
  named: readonly (string | undefined)[] = [],
): Promise<Config> {
  const all = [...named, ...Object.values(config.data.tables ?? {})];
  const isNamed = all.some((text) => text !== undefined && isInWorkspace(text));
  if (config.data.source !== 'databricks' && !isNamed) return config;
  const { host, credentials } = await findDatabricksWorkspace({ ...config, env });
  const { token: _t, client_id: _i, client_secret: _s, ...rest } = config.databricks;
  return {
    ...config,
    databricks: {
      ...(credentials === undefined ? config.databricks : rest),
      ...(host === undefined ? {} : { host }),
      ...(credentials === undefined
        ? {}
        : 'token' in credentials
          ? { token: createSecret(credentials.token) }
          : {
              client_id: credentials.clientId,
              client_secret: createSecret(credentials.clientSecret),
            }),
    },
  };
}
