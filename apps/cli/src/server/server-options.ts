import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import {
  type ListenAddress,
  type RegistryServiceOptions,
  needsToken,
} from '@gnu-mlops/registry-server';
import { ServerOptionError } from '../errors.ts';
import type { PlaceOptions } from './server-place.ts';

/** What `server` takes on the command line. */
export interface ServerOptions extends PlaceOptions {
  readonly host: string;
  readonly port: number;
  readonly artifacts?: string;
  readonly requireToken?: true;
  readonly allowedHosts?: readonly string[];
  readonly allowedOrigins?: readonly string[];
  readonly cert?: string;
  readonly key?: string;
  readonly audit: 'writes' | 'all' | 'off';
  readonly auditSync: 'line' | 'second' | 'never';
  readonly rateLimit: number;
  readonly maxUpload?: number;
}

/** How a second's rate becomes a burst: ten seconds may come at once. */
const BURST_SECONDS = 10;

/** Who may use a server, how and how much. */
type Service = Omit<RegistryServiceOptions, 'registry' | 'tokens' | 'audit' | 'onFailure'>;

/** @throws {ServerOptionError} for options that do not go together, or name what cannot be read. */
export async function serviceOptions(
  options: ServerOptions,
  { cwd, registryUri }: { readonly cwd: string; readonly registryUri: string },
): Promise<Service> {
  const { host, port, rateLimit, maxUpload, allowedHosts = [], allowedOrigins } = options;
  checkNotItself({ host, port }, registryUri);
  const tls = await readTls(options, cwd);
  const isReachable = needsToken({ listen: { host, port } });
  return {
    listen: { host, port },
    ...(tls === undefined ? {} : { tls }),
    withoutToken: options.requireToken ? 'nobody' : 'loopback',
    allowedHosts: isReachable ? [...allowedHosts, hostname()] : allowedHosts,
    ...(allowedOrigins === undefined ? {} : { allowedOrigins }),
    rateLimit: rateLimit === 0 ? 'off' : { perSecond: rateLimit, burst: rateLimit * BURST_SECONDS },
    ...(maxUpload === undefined ? {} : { maxArtifactBytes: maxUpload * 1e6 }),
  };
}

/** MLFLOW_TRACKING_URI names the server to its clients, and would make it ask itself. */
function checkNotItself({ host, port }: ListenAddress, registryUri: string): void {
  if (!/^https?:/i.test(registryUri)) return;
  const served = new URL(registryUri);
  const isSameHost = [host, 'localhost', '127.0.0.1'].includes(served.hostname);
  if (!isSameHost || Number(served.port) !== port) return;
  throw new ServerOptionError(
    `${served.origin} is the server itself. Say with --registry what it shall serve.`,
  );
}

async function readTls(
  { cert, key }: ServerOptions,
  cwd: string,
): Promise<RegistryServiceOptions['tls']> {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) {
    throw new ServerOptionError('HTTPS takes both --cert and --key.');
  }
  const read = async (option: string, path: string) => {
    try {
      return await readFile(resolve(cwd, path), 'utf8');
    } catch (cause) {
      throw new ServerOptionError(`${option} ${path} cannot be read.`, { cause });
    }
  };
  return { cert: await read('--cert', cert), key: await read('--key', key) };
}
