import type { Config } from '@gnu-mlops/core/config';
import type { DatabricksOptions } from '@gnu-mlops/registry-client';
import { readDatabricksProfile } from './databricks-profile.ts';
import { SettingUnsupportedError } from './errors.ts';
import type { Environment } from './registry-environment.ts';

/** What may say which workspace to ask, and as whom. */
export interface DatabricksSources {
  /** The configuration, with the variables of the environment in it. */
  readonly databricks: Partial<Config['databricks']>;
  /** The profile that a registry's URI names. */
  readonly profile?: string | undefined;
  readonly env: Environment;
}

/** A workspace as far as anybody says which it is, and who asks. */
export interface FoundWorkspace {
  readonly host: string | undefined;
  readonly credentials: DatabricksOptions['credentials'] | undefined;
}

/**
 * Which workspace is meant, and who asks, found as MLflow and Databricks' SDKs find it:
 *
 * 1. a profile in the URI (`databricks://<profile>`) says everything;
 * 2. else the configuration counts (`DATABRICKS_HOST`, `DATABRICKS_TOKEN`, ...), and what it does not
 *    say comes from the profile that `DATABRICKS_CONFIG_PROFILE` names;
 * 3. else, where neither host nor credentials are configured, from the default profile.
 *
 * @throws {SettingUnsupportedError} for a profile that is not there or signs in another way.
 */
export async function findDatabricksWorkspace({
  databricks,
  profile: inUri,
  env,
}: DatabricksSources): Promise<FoundWorkspace> {
  const configured =
    inUri === undefined
      ? configuredWorkspace(databricks)
      : { host: undefined, credentials: undefined };
  const named = inUri ?? (env['DATABRICKS_CONFIG_PROFILE'] || undefined);
  const isSilent = configured.host === undefined && configured.credentials === undefined;
  if (named === undefined && !isSilent) return configured;
  const profile = (await readDatabricksProfile(named, env)) ?? {};
  const host = configured.host ?? (profile['host'] || undefined);
  const credentials =
    configured.credentials ??
    credentialsOf({
      clientId: profile['client_id'],
      clientSecret: profile['client_secret'],
      token: profile['token'],
    });
  const way = profile['auth_type'] ?? (profile['username'] === undefined ? undefined : 'basic');
  if (host !== undefined && credentials === undefined && way !== undefined) {
    throw new SettingUnsupportedError(
      'auth_type',
      `is "${way}" in the profile, and a token or the client id and secret of a service principal are what we sign in by. Use a profile with one of these.`,
    );
  }
  return { host, credentials };
}

function configuredWorkspace(databricks: DatabricksSources['databricks']): FoundWorkspace {
  return {
    host: databricks.host,
    credentials: credentialsOf({
      clientId: databricks.client_id,
      clientSecret: databricks.client_secret?.reveal(),
      token: databricks.token?.reveal(),
    }),
  };
}

/** A service principal where its id and secret are known, else a token. */
function credentialsOf(given: {
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  readonly token: string | undefined;
}): FoundWorkspace['credentials'] {
  const { clientId, clientSecret, token } = given;
  if (clientId && clientSecret) return { clientId, clientSecret };
  return token ? { token } : undefined;
}
