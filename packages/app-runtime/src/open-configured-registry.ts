import { isAbsolute, resolve } from 'node:path';
import type { Config } from '@gnu-mlops/core/config';
import { type OpenRegistryOptions, type Registry, openRegistry } from '@gnu-mlops/registry-client';
import { type Environment, registryEnvironment } from './registry-environment.ts';

/** What surrounds a registry. */
export interface RegistrySurroundings extends OpenRegistryOptions {
  /** The folder that a relative `mlflow.tracking_uri` starts at. */
  readonly cwd: string;
  /** Where credentials for a server are, in MLflow's variables; default: none. */
  readonly env?: Environment;
}

/**
 * Open the registry that `mlflow.tracking_uri` names.
 *
 * @throws {SettingUnsupportedError} for variables of the environment that make no sense.
 * @throws what `openRegistry` throws.
 */
export async function openConfiguredRegistry(
  { mlflow }: { readonly mlflow: Pick<Config['mlflow'], 'tracking_uri'> },
  { cwd, env = {}, ...options }: RegistrySurroundings,
): Promise<Registry> {
  const uri = absoluteRegistryUri(mlflow.tracking_uri, cwd);
  if (!/^https?:/i.test(uri)) return openRegistry(uri, options);
  const http = { ...(await registryEnvironment(env)), ...options.http };
  return openRegistry(uri, { ...options, http });
}

/** `sqlite:///mlflow.db` as an absolute path under `cwd`; any other URI as it is. */
export function absoluteRegistryUri(uri: string, cwd: string): string {
  const path = /^sqlite:\/\/\/([^?]+)$/i.exec(uri)?.[1];
  if (path === undefined || path.startsWith(':') || path.endsWith('/') || isAbsolute(path)) {
    return uri;
  }
  return `sqlite:///${resolve(cwd, path)}`;
}
