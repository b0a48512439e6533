import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config, Environment } from '@gnu-mlops/core/config';
import type { ServerSource } from './server-settings.ts';

/** Where a server's configuration is looked for. */
export interface ServerConfigLocation {
  readonly cwd: string;
  readonly env: Environment;
  /** Default: `configs/config.yaml`, if it is there. */
  readonly path?: string | undefined;
}

/** What is known of a server's configuration. */
export type ServerConfig = ServerSource & Partial<Pick<Config, 'databricks'>>;

/**
 * What a configuration says of which nobody has written or set anything. A server is to start at
 * once, and loading the schema takes as long as all the rest; a test compares the two.
 */
const DEFAULTS: ServerConfig = {
  mlflow: { tracking_uri: 'sqlite:///mlflow.db' },
  server: {
    host: '127.0.0.1',
    port: 5000,
    anonymous: 'loopback',
    allowed_hosts: [],
    allowed_origins: [],
    rate_limit: 500,
    audit: 'writes',
    audit_sync: 'second',
    log_level: 'info',
  },
};

const FILES = ['configs/config.yaml', 'configs/config.local.yaml', '.env'];

/** Variables that may set something of a server; those of a workspace are read with the registry. */
const VARIABLE = /^(GNU_MLOPS_.+|MLFLOW_TRACKING_URI)$/;

/**
 * The configuration of a server, without the schema where nobody says anything.
 *
 * @throws what `loadConfig` of `core/config` throws.
 */
export async function loadServerConfig(location: ServerConfigLocation): Promise<ServerConfig> {
  if (isSilent(location)) return DEFAULTS;
  const { loadConfig } = await import('@gnu-mlops/core/config');
  const { cwd, env, path } = location;
  const { config } = await loadConfig({ cwd, env, ...(path === undefined ? {} : { path }) });
  return config;
}

function isSilent({ cwd, env, path }: ServerConfigLocation): boolean {
  if (path !== undefined || FILES.some((file) => existsSync(resolve(cwd, file)))) return false;
  return !Object.entries(env).some(([name, value]) => value && VARIABLE.test(name));
}
