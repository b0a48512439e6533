import type { DatabricksOptions } from './databricks/databricks-options.ts';
import type { Registry } from './registry.ts';
import { type DatabricksLocation, parseRegistryUri } from './registry-uri.ts';
import { RegistryUriUnsupportedError } from './store-errors.ts';
import type { HttpRegistryOptions } from './http/http-options.ts';

/** How to open a registry. */
export interface OpenRegistryOptions {
  /** The folder for artifacts; default: `mlartifacts` beside the database. */
  readonly artifactRoot?: string;
  /** Milliseconds since the epoch, for what the caller gives no time for; default: the clock. */
  readonly now?: () => number;
  /** Who runs belong to when `createRun` is not told; default `unknown`. */
  readonly userId?: string;
  /** How long a write waits for another process; default 10 s. */
  readonly busyTimeoutMs?: number;
  /** For a registry on a server: credentials, patience, certificates. */
  readonly http?: HttpRegistryOptions;
  /** For `databricks` and `databricks-uc`: the workspace and who asks. */
  readonly databricks?: DatabricksOptions;
}

/**
 * Open the registry at a URI. A file, and its folder, is made when it is not there yet; to a server,
 * nothing is sent before the registry is used.
 *
 * @param uri `sqlite:///relative.db` or `sqlite:////absolute.db`, which several processes may open at
 *   once; the address of an MLflow server, `http(s)://host[:port][/prefix]`; or `databricks` or
 *   `databricks-uc`, whose workspace the options name (a profile in the URI is for whoever makes
 *   them).
 * @throws {RegistryUriUnsupportedError} for any other URI.
 * @throws {StoreUnavailableError} when the file cannot be opened or is no database.
 * @throws {StoreForeignError} when it is a database of another program.
 * @throws {StoreVersionError} when a newer version of this package wrote it.
 */
export async function openRegistry(
  uri: string,
  options: OpenRegistryOptions = {},
): Promise<Registry> {
  const location = parseRegistryUri(uri);
  if (location.kind === 'http') {
    const { openHttpRegistry } = await import('./http/open-http-registry.ts');
    const { server, credentials } = location;
    const { now = Date.now, userId = 'unknown', http = {} } = options;
    const fetch = await tlsFetch(server, http);
    return openHttpRegistry(server, { ...credentials, ...http, ...fetch, now, userId });
  }
  if (location.kind === 'databricks') return openDatabricks(location, options);
  // Loaded late: it needs Node, and this package loads in browsers too.
  const { openSqliteRegistry } = await import('#node-only');
  return openSqliteRegistry(uri, location.path, options);
}

async function openDatabricks(
  location: DatabricksLocation,
  { databricks, now = Date.now, userId = 'unknown', http = {} }: OpenRegistryOptions,
): Promise<Registry> {
  if (databricks === undefined) {
    const problem = 'the option "databricks" must say which workspace, and who asks.';
    throw new RegistryUriUnsupportedError(`"${location.flavor}"`, problem);
  }
  const { openDatabricksRegistry } = await import('./databricks/open-databricks-registry.ts');
  const fetch = await tlsFetch('https:', http);
  return openDatabricksRegistry(location, databricks, { ...http, ...fetch, now, userId });
}

/** Loaded late as well: only Node can be told which certificates to trust. */
async function tlsFetch(
  server: string,
  { tls, fetch }: HttpRegistryOptions,
): Promise<Pick<HttpRegistryOptions, 'fetch'>> {
  if (tls === undefined || fetch !== undefined || !server.startsWith('https:')) return {};
  const { createNodeFetch } = await import('#node-only');
  return { fetch: createNodeFetch(tls) };
}
