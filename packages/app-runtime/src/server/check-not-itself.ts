import { hostname, networkInterfaces } from 'node:os';
import type { ListenAddress } from '@gnu-mlops/registry-server';
import { ServerSettingError } from '../errors.ts';

/** Under which names a server is to be found. */
export interface ServerNames {
  readonly listen: ListenAddress;
  /** Beside those of the machine. */
  readonly allowedHosts: readonly string[];
}

/**
 * MLFLOW_TRACKING_URI names a server to its clients, and would make it ask itself.
 *
 * @throws {ServerSettingError} when the registry's URI leads to the server that is to serve it.
 */
export function checkNotItself({ listen, allowedHosts }: ServerNames, registryUri: string): void {
  const url = /^https?:/i.test(registryUri) ? URL.parse(registryUri) : null;
  if (url === null) return;
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (port !== listen.port || !namesOf(listen.host, allowedHosts).includes(host)) return;
  throw new ServerSettingError(
    `${url.origin} is the server itself. Say with --registry, or server.registry of the configuration, what it shall serve.`,
  );
}

function namesOf(host: string, allowedHosts: readonly string[]): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((found) =>
    (found ?? []).map(({ address }) => address),
  );
  const names = ['localhost', '127.0.0.1', '::1', '0.0.0.0', '::', hostname(), host];
  return [...names, ...allowedHosts, ...addresses].map((name) => name.toLowerCase());
}
