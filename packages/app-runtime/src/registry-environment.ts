import { readFile } from 'node:fs/promises';
import type { HttpRegistryOptions, TlsOptions } from '@gnu-mlops/registry-client';
import { SettingUnsupportedError } from './errors.ts';

/** Environment variables by name. */
export type Environment = { readonly [name: string]: string | undefined };

/**
 * How to talk to an MLflow server, from the variables that MLflow's own client reads: a user name
 * counts with a password only, and before a token; an empty variable is none.
 *
 * @throws {SettingUnsupportedError} for a certificate file that cannot be read, and when it is given
 *   although nothing is to be checked.
 */
export async function registryEnvironment(env: Environment): Promise<HttpRegistryOptions> {
  const username = env['MLFLOW_TRACKING_USERNAME'] || undefined;
  const password = env['MLFLOW_TRACKING_PASSWORD'] || undefined;
  const token = env['MLFLOW_TRACKING_TOKEN'] || undefined;
  const tls = await tlsOptions(env);
  return {
    ...(username === undefined || password === undefined ? {} : { username, password }),
    ...(token === undefined ? {} : { token }),
    ...(tls === undefined ? {} : { tls }),
  };
}

async function tlsOptions(env: Environment): Promise<TlsOptions | undefined> {
  const path = env['MLFLOW_TRACKING_SERVER_CERT_PATH'] || undefined;
  if (/^(true|1)$/i.test(env['MLFLOW_TRACKING_INSECURE_TLS'] ?? '')) {
    if (path === undefined) return { verification: 'off' };
    throw new SettingUnsupportedError(
      'MLFLOW_TRACKING_INSECURE_TLS',
      'turns off what MLFLOW_TRACKING_SERVER_CERT_PATH asks for. Set one of them.',
    );
  }
  if (path === undefined) return undefined;
  try {
    return { ca: await readFile(path, 'utf8') };
  } catch {
    throw new SettingUnsupportedError(
      'MLFLOW_TRACKING_SERVER_CERT_PATH',
      `names ${path}, which is no file that can be read. Name a file of certificates in PEM form.`,
    );
  }
}
