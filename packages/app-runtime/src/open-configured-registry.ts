import { isAbsolute, resolve } from 'node:path';
import type { Config } from '@gnu-mlops/core/config';
import { type OpenRegistryOptions, type Registry, openRegistry } from '@gnu-mlops/registry-client';
import { databricksRegistryOptions } from './databricks-registry.ts';
import type { DatabricksSources } from './databricks-workspace.ts';
import { type Environment, registryEnvironment } from './registry-environment.ts';

/** What surrounds a registry. */
export interface RegistrySurroundings extends OpenRegistryOptions {
  /** The folder that a relative `mlflow.tracking_uri` starts at. */
  readonly cwd: string;
  /** Where credentials for a server are, in MLflow's variables; default: none. */
  readonly env?: Environment;
}

/** What of the configuration says where the registry is. */
export interface RegistrySettings {
  readonly mlflow: Pick<Config['mlflow'], 'tracking_uri'>;
  /** Which workspace, for a registry on Databricks; default: what the environment says. */
  readonly databricks?: Config['databricks'];
}

/**
 * Open the registry that `mlflow.tracking_uri` names.
 *
 * @throws {SettingUnsupportedError} for variables of the environment that make no sense.
 * @throws {SettingMissingError} for a registry on Databricks when nobody says which or as whom.
 * @throws what `openRegistry` throws.
 */
export async function openConfiguredRegistry(
  { mlflow, databricks }: RegistrySettings,
  { cwd, env = {}, ...options }: RegistrySurroundings,
): Promise<Registry> {
  const uri = absoluteRegistryUri(mlflow.tracking_uri, cwd);
  const workspace = /^databricks(?:-uc)?(?::\/\/([\w .-]+))?$/.exec(uri);
  if (workspace !== null) {
    const sources = {
      databricks: databricks ?? (await environmentSettings(env)),
      profile: workspace[1],
      env,
    };
    return openRegistry(uri, { ...options, databricks: await databricksRegistryOptions(sources) });
  }
  if (!/^https?:/i.test(uri)) return openRegistry(uri, options);
  const http = { ...(await registryEnvironment(env)), ...options.http };
  return openRegistry(uri, { ...options, http });
}

/** Databricks' variables, where there is no configuration that has them. */
async function environmentSettings(env: Environment): Promise<DatabricksSources['databricks']> {
  // Loaded late: a server on a file of its own starts sooner without it.
  const { parseConfig } = await import('@gnu-mlops/core/config');
  return parseConfig('', { env }).databricks;
}

/** `sqlite:///mlflow.db` as an absolute path under `cwd`; any other URI as it is. */
export function absoluteRegistryUri(uri: string, cwd: string): string {
  const path = /^sqlite:\/\/\/([^?]+)$/i.exec(uri)?.[1];
  if (path === undefined || path.startsWith(':') || path.endsWith('/') || isAbsolute(path)) {
    return uri;
  }
  return `sqlite:///${resolve(cwd, path)}`;
}
