import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { type RegistryServiceOptions, needsToken } from '@gnu-mlops/registry-server';
import { ServerSettingError } from '../errors.ts';
import type { ServerSettings } from './server-settings.ts';

/** How a second's rate becomes a burst: ten seconds may come at once. */
const BURST_SECONDS = 10;

/** Who may use a server, how and how much. */
export type ServiceOptions = Omit<
  RegistryServiceOptions,
  'registry' | 'tokens' | 'audit' | 'onFailure' | 'onAnswer' | 'now'
>;

/**
 * Who may use a server, how and how much; relative paths start at `cwd`.
 *
 * @throws {ServerSettingError} for settings that do not go together, or name what cannot be read.
 */
export async function serviceOptions(
  settings: ServerSettings,
  cwd: string,
): Promise<ServiceOptions> {
  const { host, port, anonymous, rate_limit: rate, max_upload_mb: maxMb } = settings;
  const { allowed_hosts: names, allowed_origins: allowedOrigins } = settings;
  const tls = await readTls(settings, cwd);
  const isReachable = needsToken({ listen: { host, port } });
  return {
    listen: { host, port },
    ...(tls === undefined ? {} : { tls }),
    withoutToken: anonymous,
    allowedHosts: isReachable ? [...names, hostname()] : names,
    allowedOrigins,
    rateLimit: rate === 0 ? 'off' : { perSecond: rate, burst: rate * BURST_SECONDS },
    ...(maxMb === undefined ? {} : { maxArtifactBytes: maxMb * 1e6 }),
  };
}

async function readTls(
  { tls_cert: cert, tls_key: key }: ServerSettings,
  cwd: string,
): Promise<RegistryServiceOptions['tls']> {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) {
    throw new ServerSettingError(
      'HTTPS takes both a certificate (--cert, server.tls_cert) and its key (--key, server.tls_key).',
    );
  }
  const read = async (name: string, path: string) => {
    try {
      return await readFile(resolve(cwd, path), 'utf8');
    } catch (cause) {
      throw new ServerSettingError(
        `${name} ${path} cannot be read. Name a readable file in PEM form.`,
        { cause },
      );
    }
  };
  return { cert: await read('The certificate', cert), key: await read('The key', key) };
}
