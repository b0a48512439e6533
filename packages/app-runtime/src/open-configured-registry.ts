import { isAbsolute, resolve } from 'node:path';
import type { Config } from '@gnu-mlops/core/config';
import { type OpenRegistryOptions, type Registry, openRegistry } from '@gnu-mlops/registry-client';

/** What surrounds a registry. */
export interface RegistrySurroundings extends OpenRegistryOptions {
  /** The folder that a relative `mlflow.tracking_uri` starts at. */
  readonly cwd: string;
}

/**
 * Open the registry that `mlflow.tracking_uri` names.
 *
 * @throws what `openRegistry` throws.
 */
export function openConfiguredRegistry(
  { mlflow }: Pick<Config, 'mlflow'>,
  { cwd, ...options }: RegistrySurroundings,
): Promise<Registry> {
  return openRegistry(absoluteRegistryUri(mlflow.tracking_uri, cwd), options);
}

/** `sqlite:///mlflow.db` as an absolute path under `cwd`; any other URI as it is. */
export function absoluteRegistryUri(uri: string, cwd: string): string {
  const path = /^sqlite:\/\/\/([^?]+)$/i.exec(uri)?.[1];
  if (path === undefined || path.startsWith(':') || path.endsWith('/') || isAbsolute(path)) {
    return uri;
  }
  return `sqlite:///${resolve(cwd, path)}`;
}
