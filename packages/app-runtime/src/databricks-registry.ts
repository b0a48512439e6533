import type { Config } from '@gnu-mlops/core/config';
import type { DatabricksOptions } from '@gnu-mlops/registry-client';
import { type DatabricksProfile, readDatabricksProfile } from './databricks-profile.ts';
import { SettingMissingError, SettingUnsupportedError } from './errors.ts';
import type { Environment } from './registry-environment.ts';

/** What may say which workspace to ask, and as whom. */
export interface DatabricksSources {
  /** The configuration, with the variables of the environment in it. */
  readonly databricks: Partial<Config['databricks']>;
  /** The profile that the registry's URI names. */
  readonly profile?: string | undefined;
  readonly env: Environment;
}

type Credentials = DatabricksOptions['credentials'];

/**
 * The workspace of a registry URI `databricks` or `databricks-uc`, and who asks, found as MLflow and
 * Databricks' SDKs find them:
 *
 * 1. a profile in the URI (`databricks://<profile>`) says everything;
 * 2. else the configuration counts (`DATABRICKS_HOST`, `DATABRICKS_TOKEN`, ...), and what it does not
 *    say comes from the profile that `DATABRICKS_CONFIG_PROFILE` names;
 * 3. else, where neither host nor credentials are configured, from the default profile.
 *
 * @throws {SettingMissingError} naming what nobody says.
 * @throws {SettingUnsupportedError} for a profile that is not there or signs in another way.
 */
export async function databricksRegistryOptions({
  databricks,
  profile: inUri,
  env,
}: DatabricksSources): Promise<DatabricksOptions> {
  const { catalog, schema } = databricks;
  const isNative = /^(true|1)$/i.test(env['MLFLOW_ENABLE_UC_NATIVE_MODEL_REGISTRY'] ?? '');
  const names = {
    ...(catalog === undefined ? {} : { catalog }),
    ...(schema === undefined ? {} : { schema }),
    ...(isNative ? { dialect: 'native' as const } : {}),
  };
  if (inUri !== undefined) {
    const profile = (await readDatabricksProfile(inUri, env)) ?? {};
    return { ...names, ...completed(profile, {}) };
  }
  const configured = {
    host: databricks.host,
    credentials: credentialsOf({
      clientId: databricks.client_id,
      clientSecret: databricks.client_secret?.reveal(),
      token: databricks.token?.reveal(),
    }),
  };
  const named = env['DATABRICKS_CONFIG_PROFILE'] || undefined;
  const isSilent = configured.host === undefined && configured.credentials === undefined;
  const profile =
    named !== undefined || isSilent ? await readDatabricksProfile(named, env) : undefined;
  return { ...names, ...completed(profile ?? {}, configured) };
}

function completed(
  profile: DatabricksProfile,
  configured: {
    readonly host?: string | undefined;
    readonly credentials?: Credentials | undefined;
  },
): Pick<DatabricksOptions, 'host' | 'credentials'> {
  const host = configured.host ?? (profile['host'] || undefined);
  if (host === undefined) {
    throw new SettingMissingError(
      'databricks.host',
      'there are many workspaces',
      'Set DATABRICKS_HOST, or name a profile of .databrickscfg.',
    );
  }
  const credentials =
    configured.credentials ??
    credentialsOf({
      clientId: profile['client_id'],
      clientSecret: profile['client_secret'],
      token: profile['token'],
    });
  if (credentials !== undefined) return { host, credentials };
  const way = profile['auth_type'] ?? (profile['username'] === undefined ? undefined : 'basic');
  if (way !== undefined) {
    throw new SettingUnsupportedError(
      'auth_type',
      `is "${way}" in the profile, and registries sign in by a token or by the client id and secret of a service principal. Use a profile with one of these.`,
    );
  }
  throw new SettingMissingError(
    'databricks.token',
    'nobody may read without credentials',
    'Set DATABRICKS_TOKEN, or DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET, or name a profile of .databrickscfg that has them.',
  );
}

/** A service principal where its id and secret are known, else a token. */
function credentialsOf(given: {
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  readonly token: string | undefined;
}): Credentials | undefined {
  const { clientId, clientSecret, token } = given;
  if (clientId && clientSecret) return { clientId, clientSecret };
  return token ? { token } : undefined;
}
